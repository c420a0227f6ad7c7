// The body's JSON as it stands in a request document, one step further in than it stands alone. Only the beginnings of lines change, and
// no JSON text can hold a line break, so values keep every digit and character. Free of vscode.

const step = '  ';

/** The body's text out of the document, as if it stood alone. */
export const outdented = (text: string): string => text.replace(/\r\n/g, '\n').replace(/\n(?: {2}|\t)/g, '\n');

/** The reverse: as it goes into the document. */
export const indented = (text: string): string => text.replace(/\r\n/g, '\n').replace(/\n(?=[^\n])/g, `\n${step}`);
