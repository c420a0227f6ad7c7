// What is loaded when it is first needed, once. A load that failed is tried again by whoever needs it next: a promise that is kept would fail
// for as long as the window lives.

export function lazily<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    const mine = (loading ??= load().catch((error: unknown) => {
      if (loading === mine) loading = undefined;
      throw error;
    }));
    return mine;
  };
}
