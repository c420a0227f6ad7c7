// A request file of a folder that is not trusted may be somebody else's words: nothing of it goes out without a Yes that names what and where.
import * as vscode from 'vscode';
import type { OperationEntry } from '../../api/catalogue.ts';
import { environmentName } from '../../credentials/connectionInput.ts';
import type { ConnectionRecord } from '../../credentials/types.ts';
import { confirmed } from '../confirm.ts';

/** Whether a request may be sent; asks where its document is not the person's own. */
export async function mayBeSent(document: vscode.Uri, entry: OperationEntry, record: ConnectionRecord): Promise<boolean> {
  if (vscode.workspace.isTrusted || document.scheme === 'untitled') return true;
  const detail = `${entry.operationId}: ${entry.summary}. The request is a file of a folder that you have not trusted; read its values before you send it.\n\nConnection: ${record.label} (${environmentName(record.environment)})`;
  return confirmed('Send a request that somebody else may have written?', detail, 'Send');
}
