// The bytes of a request file as text, as the editor itself would read them: it opens neither a form nor a text of a file with a zero byte near
// its beginning, and says only that something unexpected happened, so who lists the file says why. Free of vscode.

/** The editor looks for a zero byte in so many. */
const looked = 512;

/** Throws in words, to stand after "The file cannot be read: ". */
export function fileText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.subarray(0, looked).includes(0)) throw new Error('it holds binary data and no text, so the editor does not open it. Put back an earlier version of it, or delete it.');
  return new TextDecoder().decode(bytes);
}
