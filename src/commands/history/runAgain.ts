// Sends a call of the history again, as it was, or opens it as a request to be changed first. What the history does not keep (names,
// search texts, bodies of earlier windows) and secrets are for the person to fill in. Every sending goes through the guard anew, and takes the
// request editor's road (sendCall.ts): an answer of any size is borne.
import * as vscode from 'vscode';
import { findOperation, type OperationEntry } from '../../api/catalogue.ts';
import { bytesInWords } from '../../client/inWords.ts';
import type { AnyInput } from '../../client/types.ts';
import type { ConnectionRecord } from '../../credentials/types.ts';
import type { HistoryEntry } from '../../history/entry.ts';
import { emptySecrets } from '../../history/keep.ts';
import type { HistoryRow } from '../../history/rows.ts';
import type { HistoryView } from '../../tree/history/view.ts';
import { fromVault } from '../../requests/document.ts';
import { requestTextOf } from '../../requests/newRequest.ts';
import { whyNotOpened } from '../operations/answerRules.ts';
import { openRequest } from '../operations/runOperation.ts';
import { sendCall } from '../operations/sendCall.ts';
import { tellOf } from '../operations/sendRequest.ts';
import { withProgress } from '../../platform/progress.ts';
import { show } from './openExchange.ts';
import type { HistoryCommandParts } from './table.ts';

type Parts = HistoryCommandParts & { view: HistoryView };

function chosen({ view, connections }: Parts, row: HistoryRow | undefined): { entry: HistoryEntry; operation: OperationEntry; connection: ConnectionRecord } | undefined {
  const [entry] = row?.kind === 'call' ? [row.entry] : view.selection(row);
  if (!entry) {
    void vscode.window.showInformationMessage('Select a call in the History view first.');
    return undefined;
  }
  const operation = findOperation(entry.operationId);
  if (!operation) void vscode.window.showErrorMessage(`This version of the explorer does not know ${entry.operationId}.`);
  else if (fromVault.has(operation.operationId)) void vscode.window.showInformationMessage('Its values come from the vault. "Test Connection" signs in again; "Edit Connection" changes the secret.');
  else {
    const connection = connections.get(entry.connectionId);
    if (connection) return { entry, operation, connection };
    void vscode.window.showErrorMessage('The connection of this call was removed.');
  }
  return undefined;
}

export async function runAgain(parts: Parts, row: HistoryRow | undefined): Promise<void> {
  const found = chosen(parts, row);
  if (!found) return;
  const { entry, operation, connection } = found;
  const exchange = parts.history.store.exchange(entry.id);
  if (!exchange && entry.left.length > 0) {
    await editAndRun(parts, { kind: 'call', entry });
    return;
  }
  // An object of its own, by which the new call is found in the history.
  const input: AnyInput = { ...(exchange?.input ?? entry.parameters) };
  const sent = await withProgress(`${operation.operationId} on ${connection.label}`, ({ signal, report }) => sendCall({ ...parts, answers: parts.answers.store }, {
    entry: operation, input, connectionId: connection.id, signal, ...(exchange?.accept !== undefined && { accept: exchange.accept }), onProgress: ({ received }) => report(`${bytesInWords(received)} so far`),
  }));
  const again = parts.history.store.ofInput(input);
  if (again) await show(again);
  // What is too long for the history's document has one of its own.
  const answer = 'ended' in sent ? undefined : sent.answer;
  if (answer && again && parts.history.store.exchange(again.id)?.bodyDropped && whyNotOpened(answer) === undefined) parts.answers.openDocument(answer, vscode.ViewColumn.Beside, true).catch(parts.showError);
  await tellOf(parts, operation, sent);
}

export async function editAndRun(parts: Parts, row: HistoryRow | undefined): Promise<void> {
  const found = chosen(parts, row);
  if (!found) return;
  const { entry, operation } = found;
  const exchange = parts.history.store.exchange(entry.id);
  const { body, ...parameters } = exchange?.input ?? { ...entry.parameters, body: undefined };
  const { value, emptied } = emptySecrets(body);
  const connection = entry.connectionId === parts.connections.active().id ? undefined : entry.connectionId;
  await openRequest(parts, operation, requestTextOf(operation, { parameters, body: value, connection, accept: exchange?.accept }));
  const missing = [...new Set(exchange ? emptied : entry.left)];
  if (missing.length > 0) void vscode.window.showInformationMessage(`Fill in before you send it: ${missing.join(', ')}. ${exchange ? 'Secrets are not copied.' : 'The history does not keep them.'}`);
}
