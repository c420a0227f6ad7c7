// Hears of another window's change of the jobs. Where the system cannot watch a folder, the looks every few seconds do. Free of vscode.
import { watch } from 'node:fs';

/** Milliseconds to gather: a file that is replaced changes several times. */
const gatherMs = 50;

export function watchFolder(folder: string, fileName: string, changed: () => void): { dispose(): void } {
  let timer: NodeJS.Timeout | undefined;
  try {
    const watcher = watch(folder, { persistent: false }, (_kind, name) => {
      if (name !== fileName) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        changed();
      }, gatherMs).unref();
    });
    watcher.on('error', () => watcher.close());
    return {
      dispose: () => {
        clearTimeout(timer);
        watcher.close();
      },
    };
  } catch {
    return { dispose: () => undefined };
  }
}
