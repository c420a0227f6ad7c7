// One reading at a time, and one that can be let go: a newer reading, a cancel of the view or the closing of the tab ends the waiting.
// The file system's read itself cannot be called back; what it brings after the abort is dropped.

export class ReadingStopped extends Error {
  constructor() {
    super('The reading was stopped.');
    this.name = 'ReadingStopped';
  }
}

/** The promise's outcome, or a ReadingStopped as soon as the signal fires. */
export function untilAborted<T>(promise: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new ReadingStopped());
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(
      (value) => { signal.removeEventListener('abort', stop); resolve(value); },
      (error: unknown) => { signal.removeEventListener('abort', stop); reject(error); },
    );
  });
}

/** An error's words for the user: its message without the file system's code in front, never a stack. */
export function readingFailure(error: unknown): string {
  const message = error instanceof Error ? error.message.trim() : '';
  return message.replace(/^\w+ \(FileSystemError\): /, '') || 'The document could not be read, and the cause is not known.';
}
