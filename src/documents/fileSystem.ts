// The `openbanking:` file system: the library put into the editor's terms. Read-only; there are no folders to list.
import * as vscode from 'vscode';
import { noLinks } from '../client/plainText.ts';
import { isCancel, userMessage } from '../platform/messages.ts';
import { UnknownDocument, type DocumentKey, type DocumentLibrary } from './library.ts';
import { DocumentError } from './resources.ts';
import { documentScheme } from './scheme.ts';

export class OpenBankingFileSystem {
  readonly #library: DocumentLibrary;
  readonly #onFailed: (uri: vscode.Uri, error: unknown) => void;

  /** `changed` tells the editor; `onFailed` hears of every look or read that failed, with the error as it was. */
  constructor(library: (onChanged: (key: DocumentKey) => void) => DocumentLibrary, changed: (changes: vscode.FileChangeEvent[]) => void, onFailed: (uri: vscode.Uri, error: unknown) => void) {
    this.#onFailed = onFailed;
    this.#library = library((key) => changed([{ type: vscode.FileChangeType.Changed, uri: uriOf(key) }]));
  }

  watch(uri: vscode.Uri): vscode.Disposable {
    return new vscode.Disposable(this.#library.watch(keyOf(uri)).dispose);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    if (isFolder(uri.path)) return { type: vscode.FileType.Directory, size: 0, ctime: 0, mtime: 0, permissions: vscode.FilePermission.Readonly };
    const { size, mtime } = await this.#library.stat(keyOf(uri)).catch((error: unknown) => this.#refuse(error, uri));
    return { type: vscode.FileType.File, size, ctime: 0, mtime, permissions: vscode.FilePermission.Readonly };
  }

  readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return this.#library.read(keyOf(uri)).catch((error: unknown) => this.#refuse(error, uri));
  }

  /** Whatever would write, make, move or remove a document ends here. */
  refuseChange(): never {
    throw readOnly();
  }

  renew(connectionId: string, path?: string): void {
    this.#library.renew(connectionId, path);
  }

  /** Presentation mode was turned on or off: documents that are open are read again. */
  presentationChanged(): void {
    this.#library.presentationChanged();
  }

  #refuse(error: unknown, uri: vscode.Uri): never {
    this.#onFailed(uri, error);
    if (error instanceof UnknownDocument) throw vscode.FileSystemError.FileNotFound(uri);
    throw vscode.FileSystemError.Unavailable(noLinks(reason(error)));
  }

  dispose(): void {
    this.#library.dispose();
  }
}

const keyOf = ({ authority, path, query }: vscode.Uri): DocumentKey => ({ connectionId: authority, path, query });
const uriOf = ({ connectionId, path, query }: DocumentKey): vscode.Uri => vscode.Uri.from({ scheme: documentScheme, authority: connectionId, path, query });
/** The editor looks at a file's folder now and then; no resource ends without an extension. */
const isFolder = (path: string): boolean => !/\.(json|pdf)$/.test(path);

const readOnly = (): vscode.FileSystemError =>
  vscode.FileSystemError.NoPermissions('These documents show what the API answers and cannot be written. Change a resource with its command in the Open Banking view.');

function reason(error: unknown): string {
  if (error instanceof DocumentError) return error.message;
  if (isCancel(error)) return 'The reading was stopped. Open the document again to read it.';
  const { severity, text } = userMessage(error);
  if (severity === 'none') return 'Not read: you said no. Nothing was sent. Open the document again to be asked anew.';
  return text;
}
