// Registers the `openbanking:` file system.
import * as vscode from 'vscode';
import type { Sessions } from '../platform/sessions.ts';
import { documentScheme } from './documentUri.ts';
import { OpenBankingFileSystem } from './fileSystem.ts';
import { DocumentLibrary } from './library.ts';
import type { Purposes } from './purposes.ts';

export interface DocumentsHandle {
  /** The next read asks the API anew, and open documents are read again. A path (of uris.ts) names a document and all below it; none names all. */
  renew(connectionId: string, path?: string): void;
}

export function registerDocuments({ context, sessions, purposes }: { context: Pick<vscode.ExtensionContext, 'subscriptions'>; sessions: Pick<Sessions, 'open'>; purposes: Purposes }): DocumentsHandle {
  const files = new OpenBankingFileSystem((onChanged) => new DocumentLibrary({ sessions, purposes, onChanged }));
  context.subscriptions.push(files, vscode.workspace.registerFileSystemProvider(documentScheme, files, {
    isCaseSensitive: true, isReadonly: new vscode.MarkdownString('This is what the API answered. Change it with a command in the Open Banking view.'),
  }));
  return { renew: (connectionId, path) => files.renew(connectionId, path) };
}
