// Waits a short while for something that is about to be there. Free of vscode.

/**
 * What `look` finds, now or after the next changes; undefined when it finds nothing within so many milliseconds. `onChange` calls back at each
 * change until it is disposed of.
 */
export function soon<Found>(look: () => Found | undefined, onChange: (changed: () => void) => { dispose(): void }, ms: number): Promise<Found | undefined> {
  return new Promise((resolve) => {
    const end = (found: Found | undefined): void => {
      clearTimeout(timer);
      listening.dispose();
      resolve(found);
    };
    const listening = onChange(() => {
      const found = look();
      if (found !== undefined) end(found);
    });
    const timer = setTimeout(() => end(undefined), ms);
    const found = look();
    if (found !== undefined) end(found);
  });
}
