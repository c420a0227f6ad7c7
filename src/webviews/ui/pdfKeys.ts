// Which key does what in the PDF view. Pure: the page looks the key up and does it. Keys that are ours are kept from the editor, which
// would zoom its whole window or look for files.

export type PdfAction =
  | 'save' | 'find' | 'nextHit' | 'previousHit' | 'zoomIn' | 'zoomOut' | 'fitWidth' | 'fitPage' | 'actualSize' | 'rotateRight' | 'rotateLeft' | 'dark'
  | 'nextPage' | 'previousPage' | 'firstPage' | 'lastPage' | 'screenDown' | 'screenUp' | 'thumbnails' | 'outline' | 'goTo';

export interface Pressed {
  key: string;
  shiftKey: boolean;
  /** Ctrl, or Command on a Mac. */
  command: boolean;
}

const withCommand: ReadonlyMap<string, PdfAction> = new Map<string, PdfAction>([
  ['s', 'save'], ['f', 'find'], ['=', 'zoomIn'], ['+', 'zoomIn'], ['-', 'zoomOut'], ['0', 'fitWidth'], ['Home', 'firstPage'], ['End', 'lastPage'],
]);

const plain: ReadonlyMap<string, PdfAction> = new Map<string, PdfAction>([
  ['+', 'zoomIn'], ['-', 'zoomOut'], ['w', 'fitWidth'], ['p', 'fitPage'], ['1', 'actualSize'], ['i', 'dark'], ['/', 'find'], ['t', 'thumbnails'], ['o', 'outline'], ['g', 'goTo'],
  ['ArrowLeft', 'previousPage'], ['ArrowRight', 'nextPage'], ['Home', 'firstPage'], ['End', 'lastPage'], ['PageDown', 'screenDown'], ['PageUp', 'screenUp'],
]);

/** What a key does; `typing` when the focus is where letters are typed, which takes all keys without Ctrl except F3. */
export function pdfAction({ key, shiftKey, command }: Pressed, typing: boolean): PdfAction | undefined {
  if (key === 'F3') return shiftKey ? 'previousHit' : 'nextHit';
  const name = key.length === 1 ? key.toLowerCase() : key;
  // Shift with a letter is another command of the editor; a plus sign is typed with Shift on many keyboards.
  if (command) return typing && name.length > 1 ? undefined : shiftKey && /[a-z]/.test(name) ? undefined : withCommand.get(name);
  if (typing) return undefined;
  if (name === 'r') return shiftKey ? 'rotateLeft' : 'rotateRight';
  return shiftKey && (/^[a-z]$/.test(name) || name.length > 1) ? undefined : plain.get(name);
}
