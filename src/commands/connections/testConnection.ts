// Signs in once with a saved connection and says what came of it; where failures have stopped the explorer, this is the way on.
import * as vscode from 'vscode';
import { environmentName } from '../../credentials/connectionInput.ts';
import { withProgress } from '../../platform/progress.ts';
import { attemptSignIn } from './trySignIn.ts';
import { type ConnectionArgument, type ConnectionParts, targetConnection } from './parts.ts';

export async function testConnection(parts: ConnectionParts, argument?: ConnectionArgument): Promise<void> {
  const record = await targetConnection(parts, argument ?? { connectionId: parts.connections.active().id }, 'Test Connection', { sandbox: true });
  if (!record) return;
  const { client } = await withProgress(`Opening "${record.label}"`, () => parts.sessions.open(record.id));
  const partnerId = parts.sessions.partnerOf(record.id);
  if (partnerId === undefined || !(await attemptSignIn(parts, partnerId, record.label, client))) return;
  void vscode.window.showInformationMessage(`"${record.label}" works: ${environmentName(record.environment)} accepted its credentials.`);
  parts.explorer.refresh();
}
