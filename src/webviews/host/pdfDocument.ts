// A PDF as the editors of one URI share it: its source is asked for once, from the moment it is opened. A local file is read in pieces;
// what another file system serves comes whole and is kept while a tab shows it.
import * as vscode from 'vscode';
import { bytesSource, fileSource, type PdfSource } from './pdfSource.ts';

export class PdfDocument implements vscode.CustomDocument {
  readonly uri: vscode.Uri;
  #source: Promise<PdfSource> | undefined;

  constructor(uri: vscode.Uri) {
    this.uri = uri;
    this.#source = this.#ask();
  }

  /** The source; `fresh`, or an opening that failed before, asks again. */
  open(fresh: boolean): Promise<PdfSource> {
    if (fresh || !this.#source) this.#source = this.#ask();
    return this.#source;
  }

  dispose(): void {
    this.#source = undefined;
  }

  #ask(): Promise<PdfSource> {
    const asked = this.uri.scheme === 'file' ? fileSource(this.uri.fsPath) : Promise.resolve(vscode.workspace.fs.readFile(this.uri)).then(bytesSource);
    asked.catch(() => { if (this.#source === asked) this.#source = undefined; });
    return asked;
  }
}
