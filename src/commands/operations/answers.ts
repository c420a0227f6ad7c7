// Answers as documents. A file system of our own and not a provider of texts, because PDF and image editors want bytes. Read-only, in memory
// (large bodies in files, see requests/answerStore.ts), and gone with the window: an address names the window too, so that a tab of an earlier
// one never shows another answer under its old name.
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { bytesInWords } from '../../client/inWords.ts';
import type { Presentation } from '../../platform/presentation.ts';
import { AnswerStore, type AnswerHandle } from '../../requests/answerStore.ts';
import { answerScheme } from '../../requests/scheme.ts';
import { maskedBody, unmaskedWords } from '../../webviews/host/maskedRequest.ts';
import { saveCopy } from '../../webviews/host/saving.ts';
import { pdfFileViewType } from '../../webviews/protocol/pdf.ts';
import { goneText, goneWords, sameBytes, textual, whyNotCompared, whyNotOpened } from './answerRules.ts';

export class Answers {
  readonly store: AnswerStore;
  readonly #window = randomBytes(4).toString('hex');
  readonly #presentation: Presentation;
  /** What was masked last: the editor asks for size and content one after the other. */
  #masked: { handle: AnswerHandle; changedAt: number; bytes: Promise<Uint8Array> } | undefined;

  /** `folder`: where bodies go that are too large for memory. */
  constructor(folder: string, presentation: Presentation) {
    this.#presentation = presentation;
    this.store = new AnswerStore({ folder });
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const permissions = vscode.FilePermission.Readonly;
    // The editor looks at a file's folder now and then.
    if (uri.path === '/' || uri.path === '') return { type: vscode.FileType.Directory, size: 0, ctime: 0, mtime: 0, permissions };
    return { type: vscode.FileType.File, size: (await this.readFile(uri)).byteLength, ctime: 0, mtime: this.#presentation.changedAt, permissions };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const bytes = uri.authority === this.#window ? await this.store.document(uri.path.slice(1)) : undefined;
    if (bytes) return this.#shown(uri, bytes);
    const words = goneText(uri.path);
    if (words === undefined) throw vscode.FileSystemError.Unavailable(goneWords);
    return new TextEncoder().encode(words);
  }

  /** In presentation mode JSON and plain text come masked, a PDF is covered by its viewer, and everything else is words that say so. */
  async #shown({ path }: vscode.Uri, bytes: Uint8Array): Promise<Uint8Array> {
    const handle = this.store.get(path.slice(1));
    if (!this.#presentation.on || !handle || handle.form === 'pdf') return bytes;
    if (!textual(handle)) throw vscode.FileSystemError.Unavailable(unmaskedWords);
    const { changedAt, masker } = this.#presentation;
    if (this.#masked?.handle !== handle || this.#masked.changedAt !== changedAt) {
      this.#masked = { handle, changedAt, bytes: maskedBody(bytes, handle.form, handle.name, masker).then(({ text }) => new TextEncoder().encode(text)) };
    }
    return this.#masked.bytes;
  }

  /** Whatever would write, make, move or remove a document ends here. */
  refuseChange(): never {
    throw vscode.FileSystemError.NoPermissions('This is what the API answered, and cannot be changed. Save a copy to work on it.');
  }

  /** Opens the body in an editor of its own, in the form that fits. */
  async openDocument(handle: AnswerHandle, column: vscode.ViewColumn = vscode.ViewColumn.Active, preserveFocus = false): Promise<void> {
    if (!this.#still(handle)) return;
    const why = handle.file !== undefined && this.#presentation.on ? 'It lies in a file, which cannot be masked. Turn presentation mode off to open it.' : whyNotOpened(handle);
    const show = { viewColumn: column, preserveFocus, preview: true };
    const uri = this.#uriOf(handle);
    if (why !== undefined) await this.offerSave(handle, `${handle.name}: ${why}`);
    else if (handle.form === 'pdf') await vscode.commands.executeCommand('vscode.openWith', uri, pdfFileViewType, show);
    else await vscode.commands.executeCommand('vscode.open', uri, show);
  }

  /** Saves the body as it came where the person says. Resolves false when they turn away. */
  async save(handle: AnswerHandle): Promise<boolean> {
    if (!this.#still(handle)) return false;
    const content = handle.file === undefined ? this.store.bytes(handle.name) : vscode.Uri.file(handle.file);
    return content !== undefined && this.#presentation.unlessOn((still) => saveCopy(vscode.Uri.from({ scheme: answerScheme, path: `/${handle.name.replace(/ #\d+(?=\.\w+$)/, '')}` }), content, still));
  }

  /** Shows what changed since the answer before, laid out alike. */
  async compare(handle: AnswerHandle, previous: AnswerHandle): Promise<void> {
    if (!this.#still(handle) || !this.#still(previous)) return;
    const why = whyNotCompared(handle, previous);
    if (why === undefined) {
      await vscode.commands.executeCommand('vscode.diff', this.#uriOf(previous), this.#uriOf(handle), `${previous.name} ↔ ${handle.name}`);
      return;
    }
    const same = handle.size === previous.size && await sameBytes(this.#source(handle), this.#source(previous));
    void vscode.window.showInformationMessage(same ? 'Both answers are the same, byte for byte.'
      : `The answers differ: ${bytesInWords(previous.size)} before, ${bytesInWords(handle.size)} now. ${why}`);
  }

  /** Says something of an answer, and offers to save it. */
  async offerSave(handle: AnswerHandle, text: string): Promise<void> {
    const save = 'Save As…';
    const reveal = 'Show in Folder';
    const local = handle.file !== undefined && vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
    const picked = await vscode.window.showInformationMessage(text, save, ...(local ? [reveal] : []));
    if (picked === save) await this.save(handle);
    else if (picked === reveal) await vscode.commands.executeCommand('revealFileInOS', this.#uriOf(handle));
  }

  /** Removes what lies in files. */
  close(): Promise<void> {
    return this.store.clear();
  }

  #source({ name, file }: AnswerHandle): Uint8Array | string {
    return file ?? this.store.bytes(name) ?? new Uint8Array();
  }

  #uriOf({ name, file }: AnswerHandle): vscode.Uri {
    return file === undefined ? vscode.Uri.from({ scheme: answerScheme, authority: this.#window, path: `/${name}` }) : vscode.Uri.file(file);
  }

  #still({ name }: AnswerHandle): boolean {
    if (this.store.get(name)) return true;
    void vscode.window.showInformationMessage('This answer is no longer kept: the latest thirty are. Send the request again.');
    return false;
  }
}
