// Sends a call of the history again, as it was, or opens it as a request to be changed first. What the history does not keep (names,
// search texts, bodies of earlier windows) and secrets are for the person to fill in. Every sending goes through the guard anew.
import * as vscode from 'vscode';
import { findOperation, type OperationEntry } from '../../api/catalogue.ts';
import { ApiError } from '../../client/errors.ts';
import { noLinks } from '../../client/plainText.ts';
import type { AnyInput } from '../../client/types.ts';
import type { HistoryEntry } from '../../history/entry.ts';
import { emptySecrets } from '../../history/keep.ts';
import type { HistoryRow } from '../../history/rows.ts';
import type { HistoryView } from '../../tree/history/view.ts';
import { fromVault } from '../../requests/document.ts';
import { requestTextOf } from '../../requests/newRequest.ts';
import { openRequest } from '../operations/runOperation.ts';
import { withProgress } from '../progress.ts';
import { show } from './openExchange.ts';
import type { HistoryCommandParts } from './table.ts';

type Parts = HistoryCommandParts & { view: HistoryView };

function chosen({ view, connections }: Parts, row: HistoryRow | undefined): { entry: HistoryEntry; operation: OperationEntry } | undefined {
  const [entry] = row?.kind === 'call' ? [row.entry] : view.selection(row);
  if (!entry) {
    void vscode.window.showInformationMessage('Select a call in the History view first.');
    return undefined;
  }
  const operation = findOperation(entry.operationId);
  if (!operation) void vscode.window.showErrorMessage(`This version of the explorer does not know ${entry.operationId}.`);
  else if (fromVault.has(operation.operationId)) void vscode.window.showInformationMessage('Its values come from the vault. "Test Connection" signs in again; "Edit Connection" changes the secret.');
  else if (!connections.get(entry.connectionId)) void vscode.window.showErrorMessage('The connection of this call was removed.');
  else return { entry, operation };
  return undefined;
}

export async function runAgain(parts: Parts, row: HistoryRow | undefined): Promise<void> {
  const found = chosen(parts, row);
  if (!found) return;
  const { entry, operation } = found;
  const exchange = parts.history.store.exchange(entry.id);
  if (!exchange && entry.left.length > 0) {
    await editAndRun(parts, { kind: 'call', entry });
    return;
  }
  // An object of its own, by which the new call is found in the history.
  const input: AnyInput = { ...(exchange?.input ?? entry.parameters) };
  const { client, connection } = await parts.sessions.open(entry.connectionId);
  try {
    const answer = await withProgress(`${operation.operationId} on ${connection.label}`, ({ signal }) =>
      client.send(operation.operationId, input, { origin: 'form', signal, ...(exchange?.accept !== undefined && { accept: exchange.accept }) }));
    await parts.jobs.started({ connectionId: entry.connectionId, entry: operation, input, body: answer.body });
    await parts.explorer.sent(entry.connectionId, operation.operationId, input, answer.body);
  } catch (error) {
    // An answer that says no is an answer: it is shown, and explained.
    if (!(error instanceof ApiError)) throw error;
    void vscode.window.showWarningMessage(noLinks(error.message));
  }
  const again = parts.history.store.ofInput(input);
  if (again) await show(again);
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
