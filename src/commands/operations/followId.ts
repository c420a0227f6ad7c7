// Goes where an id in an answer leads: to its document, or to its row in the explorer. Where there is none the person is told why.
import * as vscode from 'vscode';
import { plainText } from '../../client/plainText.ts';
import { upperFirst } from '../../client/values.ts';
import { documentUri } from '../../documents/documentUri.ts';
import { idLink, type FollowedId } from '../../requests/idLinks.ts';
import { withProgress } from '../progress.ts';

export interface FollowParts {
  explorer: { reveal(path: string): Promise<boolean> };
}

export async function followId({ explorer }: FollowParts, followed: FollowedId & { to: 'document' | 'tree' }): Promise<void> {
  const link = idLink(followed);
  const what = plainText(link?.what ?? followed.value, 120);
  if (followed.to === 'document' && link?.document) {
    await vscode.commands.executeCommand('vscode.open', documentUri(followed.connectionId, link.document), { viewColumn: vscode.ViewColumn.Beside, preview: true });
    return;
  }
  const path = followed.to === 'tree' ? link?.tree : undefined;
  if (path !== undefined && await withProgress(`Looking for ${what} in the explorer`, () => explorer.reveal(path))) return;
  const why = path !== undefined ? 'The explorer does not show it: it may have been deleted, or a search or filter hides it.' : link?.missing ?? 'The explorer does not know what this id names.';
  void vscode.window.showInformationMessage(`${upperFirst(what)}: ${why}`);
}
