// A PDF as the editors of one URI share it: its bytes are read once, from the moment it is opened.
import * as vscode from 'vscode';

export class PdfDocument implements vscode.CustomDocument {
  readonly uri: vscode.Uri;
  #bytes: Promise<Uint8Array> | undefined;

  constructor(uri: vscode.Uri) {
    this.uri = uri;
    this.#bytes = this.#ask();
  }

  /** The bytes; `fresh`, or a reading that failed before, asks the source again. */
  read(fresh: boolean): Promise<Uint8Array> {
    if (fresh || !this.#bytes) this.#bytes = this.#ask();
    return this.#bytes;
  }

  dispose(): void {
    this.#bytes = undefined;
  }

  #ask(): Promise<Uint8Array> {
    // A local file comes as Node's Buffer, which the editor's messages to a view do not carry as bytes.
    const asked = Promise.resolve(vscode.workspace.fs.readFile(this.uri)).then(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength));
    asked.catch(() => { if (this.#bytes === asked) this.#bytes = undefined; });
    return asked;
  }
}
