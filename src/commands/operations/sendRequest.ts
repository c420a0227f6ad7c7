// Sends the request document in the active editor and shows the answer beside it: status, time, size, headers and the body, as JSON or text;
// PDF and other bytes are offered for saving. Errors of the document are shown where they are.
import * as vscode from 'vscode';
import { ApiError } from '../../client/errors.ts';
import { noLinks, plainText } from '../../client/plainText.ts';
import type { ApiResponse } from '../../client/types.ts';
import type { OperationEntry } from '../../api/catalogue.ts';
import { environmentName } from '../../credentials/connectionInput.ts';
import type { Connections } from '../../credentials/connections.ts';
import type { ConnectionRecord } from '../../credentials/types.ts';
import type { Sessions } from '../../platform/sessions.ts';
import type { ExplorerHandle } from '../../tree/nodes.ts';
import { withProgress } from '../progress.ts';
import { readActiveRequest } from './activeRequest.ts';
import { fromVault } from './requestDocument.ts';
import type { ResponseDocuments } from './responseDocuments.ts';

export interface SendParts {
  connections: Connections;
  sessions: Sessions;
  explorer: ExplorerHandle;
  responses: ResponseDocuments;
  operations: { used(operationId: string): Promise<void> };
}

export async function sendRequest(parts: SendParts): Promise<void> {
  const read = readActiveRequest();
  if (!read) return;
  const { editor, request } = read;
  const { entry } = request;
  const connectionId = request.connection ?? parts.connections.active().id;
  const record = parts.connections.get(connectionId);
  if (!record) {
    void vscode.window.showErrorMessage(`"connection": there is no connection "${plainText(connectionId, 60)}". Leave it out to use the active one.`);
    return;
  }
  if (!vscode.workspace.isTrusted && editor.document.uri.scheme !== 'untitled' && !(await sendAnyway(entry, record))) return;
  if (fromVault.has(entry.operationId)) {
    await aboutCredentials(parts, entry.operationId, connectionId);
    return;
  }
  await parts.operations.used(entry.operationId);
  const { client, connection } = await parts.sessions.open(connectionId);
  const options = { origin: 'form' as const, accept: request.accept };
  let answer: ApiResponse;
  try {
    answer = await withProgress(`${entry.operationId} on ${connection.label}`, ({ signal }) => client.send(entry.operationId, request.input, { ...options, signal }));
  } catch (error) {
    // An answer of the API, also one that says no, is what was asked for: it is shown as an answer, and explained.
    if (!(error instanceof ApiError)) throw error;
    answer = error.answer();
    void vscode.window.showWarningMessage(noLinks(error.message));
  }
  if (entry.method !== 'GET' && answer.status < 300) await parts.explorer.sent(connectionId, entry.operationId, request.input, answer.body);
  if (answer.body instanceof Uint8Array) await offerSave(entry.operationId, answer as ApiResponse<Uint8Array>);
  else await parts.responses.show(entry, connection.label, answer);
}

/** A file of a folder that is not trusted may be somebody else's words: nothing of it goes out without a Yes that names what and where. */
async function sendAnyway(entry: OperationEntry, record: ConnectionRecord): Promise<boolean> {
  const send = 'Send';
  const detail = `${entry.operationId}: ${entry.summary}. The request is a file of a folder that you have not trusted; read its values before you send it.\n\nConnection: ${record.label} (${environmentName(record.environment)})`;
  return (await vscode.window.showWarningMessage('Send a request that somebody else may have written?', { modal: true, detail }, send)) === send;
}

async function aboutCredentials(parts: SendParts, operationId: string, connectionId: string): Promise<void> {
  const session = await parts.sessions.open(connectionId);
  if (operationId === 'CreateToken') {
    await withProgress('Getting a token', ({ signal }) => session.client.authenticate({ signal, origin: 'form' }));
    void vscode.window.showInformationMessage('CreateToken succeeded with the connection\'s own credentials. The token is kept in memory and not shown.');
    return;
  }
  void vscode.window.showInformationMessage('ModifyPartnerSecret changes the secret that this connection signs in with. Change it in the developer portal, then enter the new one with "Edit Connection".', 'Edit Connection')
    .then((choice) => choice && vscode.commands.executeCommand('openBanking.editConnection', { connectionId }));
}

async function offerSave(operationId: string, answer: ApiResponse<Uint8Array>): Promise<void> {
  const extension = answer.contentType === 'application/pdf' || String.fromCharCode(...answer.body.subarray(0, 4)) === '%PDF' ? 'pdf' : 'bin';
  const save = 'Save As…';
  const choice = await vscode.window.showInformationMessage(`${operationId} answered ${answer.status} with ${Math.ceil(answer.body.length / 1024)} KB of ${extension === 'pdf' ? 'PDF' : plainText(answer.contentType, 60)}.`, save);
  if (choice !== save) return;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({ defaultUri: folder && vscode.Uri.joinPath(folder, `${operationId}.${extension}`) });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, answer.body);
  await vscode.commands.executeCommand('vscode.open', target);
}
