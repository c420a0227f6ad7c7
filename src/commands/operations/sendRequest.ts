// Sends the request document in the active text editor and opens the answer beside it. Errors of the document are shown where they are; why a
// call did not succeed is told in a notification, with its ways out. The request editor takes the same road (sendCall.ts) and shows more.
import * as vscode from 'vscode';
import type { OperationEntry } from '../../api/catalogue.ts';
import { bytesInWords } from '../../client/inWords.ts';
import { noLinks, plainText } from '../../client/plainText.ts';
import { withProgress } from '../../platform/progress.ts';
import type { WayOut } from '../../platform/waysOut.ts';
import type { Connections } from '../../credentials/connections.ts';
import { readActiveRequest } from './activeRequest.ts';
import { whyNotOpened } from './answerRules.ts';
import type { Answers } from './answers.ts';
import { sendCall, type CallAnswer, type CallEnded, type SendCallParts } from './sendCall.ts';
import { mayBeSent } from './trust.ts';

export interface SendParts extends Omit<SendCallParts, 'connections' | 'answers'> {
  connections: Connections;
  answers: Answers;
}

export async function sendRequest(parts: SendParts): Promise<void> {
  const read = readActiveRequest();
  if (!read) return;
  const { document, request } = read;
  const { entry, input, accept } = request;
  const connectionId = request.connection ?? parts.connections.active().id;
  const record = parts.connections.get(connectionId);
  if (!record) {
    void vscode.window.showErrorMessage(`"connection": there is no connection "${plainText(connectionId, 60)}". Leave it out to use the active one.`);
    return;
  }
  if (!(await mayBeSent(document.uri, entry, record))) return;
  const sent = await withProgress(`${entry.operationId} on ${record.label}`, ({ signal, report }) => sendCall({ ...parts, answers: parts.answers.store }, {
    entry, input, connectionId, signal, ...(accept !== undefined && { accept }), onProgress: ({ received }) => report(`${bytesInWords(received)} so far`),
  }));
  const answer = 'ended' in sent ? undefined : sent.answer;
  // Not waited for: an image or a PDF takes its time, and what is to be said of it does not.
  if (answer && answer.size > 0 && whyNotOpened(answer) === undefined) parts.answers.openDocument(answer, vscode.ViewColumn.Beside, true).catch(parts.showError);
  await tellOf(parts, entry, sent);
}

/** Says what came of a call beside its document. */
export async function tellOf(parts: Pick<SendParts, 'answers' | 'showError'>, entry: OperationEntry, sent: CallAnswer | CallEnded): Promise<void> {
  if ('ended' in sent) {
    await offer(vscode.window.showInformationMessage, sent.ended, sent.wayOut ? [sent.wayOut] : []);
    return;
  }
  const { head, answer } = sent;
  const why = answer && whyNotOpened(answer);
  if (head.problem) void offer(vscode.window.showWarningMessage, told(head), [...sent.waysOut.values()]);
  else if (answer && (why !== undefined || head.form === 'file')) void parts.answers.offerSave(answer, noLinks(`${entry.operationId}: ${statusLine(head)}. ${head.form === 'file' ? 'It is in a file until this window closes; save it to keep it.' : [head.note, why].filter(Boolean).join(' ')}`)).catch(parts.showError);
  else if (head.note !== undefined) void vscode.window.showInformationMessage(noLinks(`${statusLine(head)}. ${head.note}`));
  else if (head.size === 0) void vscode.window.showInformationMessage(`${entry.operationId}: ${statusLine(head)}, an empty answer.`);
  else vscode.window.setStatusBarMessage(`$(check) ${entry.operationId}: ${statusLine(head)}`, 8000);
}

const statusLine = ({ status, statusText, durationMs, size }: CallAnswer['head']): string =>
  [status === undefined ? statusText : `${status} ${statusText}`.trim(), `${durationMs} ms`, ...(size > 0 ? [bytesInWords(size)] : [])].join(' · ');

function told({ problem, status }: CallAnswer['head']): string {
  if (!problem) return '';
  const { title, code, meaning, said, fix } = problem;
  const number = [...(code === undefined ? [] : [`code ${code}`]), ...(status === undefined ? [] : [`HTTP ${status}`])].join(', ');
  return [`${title}${number === '' ? '' : ` (${number})`}.`, meaning, ...(said === undefined ? [] : [`The API says: "${said.replace(/\.$/, '')}".`]), fix].join(' ');
}

/** Buttons that are commands; the rest needs the request editor, or the same key again. */
async function offer(show: (text: string, ...titles: string[]) => Thenable<string | undefined>, text: string, ways: readonly WayOut[]): Promise<void> {
  const usable = ways.flatMap(({ title, does }) => ('command' in does ? [{ title, ...does }] : []));
  const picked = await show(noLinks(text), ...usable.map(({ title }) => title));
  const way = usable.find(({ title }) => title === picked);
  if (way) await vscode.commands.executeCommand(way.command, ...way.arguments);
}
