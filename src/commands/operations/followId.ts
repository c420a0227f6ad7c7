// Goes where an id in an answer leads: to its document, or to its row in the explorer. Where there is none the person is told why.
import * as vscode from 'vscode';
import { plainText } from '../../client/plainText.ts';
import { upperFirst } from '../../client/values.ts';
import { documentUri } from '../../documents/documentUri.ts';
import type { ResourceRef } from '../../documents/uris.ts';
import { idLink, leadsTo, type FollowedId } from '../../requests/idLinks.ts';
import { withProgress } from '../../platform/progress.ts';

export interface FollowParts {
  explorer: { reveal(path: string): Promise<boolean> };
}

export async function followId({ explorer }: FollowParts, followed: FollowedId & { to: 'document' | 'tree' }): Promise<void> {
  const link = idLink(followed);
  const what = plainText(link?.what ?? followed.value, 120);
  const leads = leadsTo(link, followed.to);
  const open = async (document: ResourceRef): Promise<void> => void await vscode.commands.executeCommand('vscode.open', documentUri(followed.connectionId, document), { viewColumn: vscode.ViewColumn.Beside, preview: true });
  if ('open' in leads) return open(leads.open);
  if ('tree' in leads && await withProgress(`Looking for ${what} in the explorer`, () => explorer.reveal(leads.tree))) return;
  const { why, offer } = 'tree' in leads ? { why: 'The explorer does not show it: it may have been deleted, or a search or filter hides it.', offer: undefined } : leads;
  const read = 'Read the File';
  const picked = await vscode.window.showInformationMessage(`${upperFirst(what)}: ${why}`, ...(offer ? [read] : []));
  if (offer && picked === read) await open(offer);
}
