// Builds the `openbanking:` file system.
import * as vscode from 'vscode';
import type { Presentation } from '../platform/presentation.ts';
import type { Sessions } from '../platform/sessions.ts';
import { FailureNotices } from './failureNotices.ts';
import { OpenBankingFileSystem } from './fileSystem.ts';
import { DocumentLibrary, type LibraryOptions } from './library.ts';
import type { Purposes } from './purposes.ts';
import { documentScheme } from './scheme.ts';

export interface DocumentsHandle {
  /** The next read asks the API anew, and open documents are read again. A path (of uris.ts) names a document and all below it; none names all. */
  renew(connectionId: string, path?: string): void;
}

export type DocumentFiles = Pick<OpenBankingFileSystem, 'watch' | 'stat' | 'readFile' | 'refuseChange'>;

export interface DocumentsOptions {
  context: Pick<vscode.ExtensionContext, 'subscriptions'>;
  sessions: Pick<Sessions, 'open'>;
  purposes: Purposes;
  /** Has a running report that is on the screen followed. */
  follow: LibraryOptions['follow'];
  presentation: Presentation;
  /** Says why a document in a text tab could not be read. */
  showError(error: unknown): void;
  /** Tells the editor which documents are to be read again. */
  changed(changes: vscode.FileChangeEvent[]): void;
}

export function createDocuments({ context, sessions, purposes, follow, presentation, showError, changed }: DocumentsOptions): DocumentsHandle & { files: DocumentFiles } {
  const notices = new FailureNotices({ shownAsText, show: showError });
  const files = new OpenBankingFileSystem((onChanged) => new DocumentLibrary({ sessions, purposes, follow, presentation, onChanged }), changed, (uri, error) => notices.failed(uri.toString(), error));
  context.subscriptions.push(files, presentation.onDidChange(() => {
    files.presentationChanged();
    // A tab in the background is watched by nobody, and the library may have let its content go.
    changed(vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === documentScheme && uri.path.endsWith('.json')).map(({ uri }) => ({ type: vscode.FileChangeType.Changed, uri })));
  }));
  return { files, renew: (connectionId, path) => files.renew(connectionId, path) };
}

/** A text editor, or a side of a comparison. */
const shownAsText = (uri: string): boolean => vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ input }) =>
  (input instanceof vscode.TabInputText ? [input.uri] : input instanceof vscode.TabInputTextDiff ? [input.original, input.modified] : []).some((shown) => shown.toString() === uri)));
