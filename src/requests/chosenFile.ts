// Whether a file from disk is what a field takes (its `x-file`): by its size and by its first bytes, since a name says little. What is
// wrong is said in words that name the file, what it is, and what is wanted. Free of vscode.
import { bytesInWords } from '../client/inWords.ts';
import { shown } from './pickerReading.ts';
import { signatureOf, type Signature } from './signatures.ts';

export interface FileRule {
  /** Extensions without a dot, the usual spelling first: `pdf`, `jpg`, `jpeg`, `png`. */
  types: readonly string[];
  maxBytes: number;
}

interface Format {
  /** With its article, for a sentence. */
  words: string;
  extensions: readonly string[];
  is(bytes: Uint8Array): boolean;
}

const has = (signature: Signature) => (bytes: Uint8Array): boolean => signatureOf(bytes) === signature;

const formats: readonly Format[] = [
  { words: 'a PDF', extensions: ['pdf'], is: has('pdf') },
  { words: 'a JPEG picture', extensions: ['jpg', 'jpeg'], is: has('jpeg') },
  { words: 'a PNG picture', extensions: ['png'], is: has('png') },
  { words: 'a TIFF picture', extensions: ['tif', 'tiff'], is: has('tiff') },
  { words: 'a GIF picture', extensions: ['gif'], is: has('gif') },
  { words: 'a WebP picture', extensions: ['webp'], is: has('webp') },
  { words: 'an SVG picture', extensions: ['svg'], is: isSvg },
  { words: 'a ZIP archive or an Office document', extensions: ['zip'], is: has('zip') },
];

/** XML whose first element is `svg`; a prolog, comments and a document type may stand before it. Read by hand: nothing here can run long. */
function isSvg(bytes: Uint8Array): boolean {
  let text = new TextDecoder().decode(bytes.subarray(0, 65_536)).trimStart();
  for (let part = 0; part < 50 && !/^<svg[\s>/]/i.test(text); part += 1) {
    const end = text.startsWith('<?') ? '?>' : text.startsWith('<!--') ? '-->' : text.startsWith('<!') ? '>' : undefined;
    const at = end === undefined ? -1 : text.indexOf(end);
    if (at < 0) return false;
    text = text.slice(at + end!.length).trimStart();
  }
  return /^<svg[\s>/]/i.test(text);
}

/** `PDF, JPG or PNG`. */
export function typeWords({ types }: Pick<FileRule, 'types'>): string {
  const names = [...new Set(types.map((type) => (formats.find(({ extensions }) => extensions.includes(type))?.extensions[0] ?? type).toUpperCase()))];
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)}` : names[0] ?? 'any type';
}

/** What is wrong with a file's size, known before it is read; undefined when nothing is. */
export function sizeProblem(name: string, size: number, { maxBytes }: FileRule): string | undefined {
  if (size === 0) return `"${shown(name, 80)}" is empty.`;
  return size > maxBytes ? `"${shown(name, 80)}" is too large: it has ${bytesInWords(size)}, and at most ${bytesInWords(maxBytes)} can be sent.` : undefined;
}

/** What is wrong with a file that was read. A right content under another type's name is right: the API sees the content alone. */
export function fileProblem(name: string, bytes: Uint8Array, rule: FileRule): string | undefined {
  const wrongSize = sizeProblem(name, bytes.length, rule);
  if (wrongSize !== undefined) return wrongSize;
  const allowed = formats.filter(({ extensions }) => extensions.some((extension) => rule.types.includes(extension)));
  if (allowed.length === 0 || allowed.some((format) => format.is(bytes))) return undefined;
  const found = formats.find((format) => format.is(bytes));
  return found ? `"${shown(name, 80)}" is ${found.words}. The field takes ${typeWords(rule)}.` : `"${shown(name, 80)}" is no ${typeWords(rule)} file, whatever its name says.`;
}

/** Why a file could not be read, by the code of the editor's file system. */
export function unreadable(name: string, code: string | undefined): string {
  const why = code === 'FileNotFound' ? 'it is not there any more' : code === 'NoPermissions' ? 'you have no permission to read it' : code === 'FileIsADirectory' ? 'it is a folder' : 'the file system refused';
  return `"${shown(name, 80)}" could not be read: ${why}.`;
}
