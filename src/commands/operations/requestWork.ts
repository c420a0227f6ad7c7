// What the request editor's tabs do beyond their document: sending on the one road (sendCall.ts), looking ids up, choosing files, and what can
// be done with an answer.
import * as vscode from 'vscode';
import { environmentName } from '../../credentials/connectionInput.ts';
import type { Connections } from '../../credentials/connections.ts';
import { knownPurposes } from '../../documents/purposes.ts';
import { ToldError } from '../../platform/errors.ts';
import { connectLink, type ConnectLink } from '../../requests/connectLink.ts';
import type { AnswerHandle } from '../../requests/answerStore.ts';
import type { JobsHandle } from '../../tree/jobs/create.ts';
import type { RequestWork } from '../../webviews/host/requestEditor.ts';
import type { Ended, Sending, ShownAnswer, Wanted } from '../../webviews/host/requestSession.ts';
import type { ConnectionChoice } from '../../webviews/protocol/request.ts';
import type { Answers } from './answers.ts';
import { followId } from './followId.ts';
import { pickFile } from './pickFile.ts';
import { pickId, type PickIdParts } from './pickId.ts';
import { sendCall, type SendCallParts } from './sendCall.ts';
import { mayBeSent } from './trust.ts';

export interface RequestWorkParts extends Omit<SendCallParts, 'connections' | 'sessions' | 'answers' | 'explorer' | 'jobs'>, PickIdParts {
  connections: Connections;
  answers: Answers;
  explorer: SendCallParts['explorer'] & NonNullable<PickIdParts['explorer']> & { reveal(path: string): Promise<boolean> };
  jobs: JobsHandle;
}

export function requestWork(parts: RequestWorkParts): RequestWork {
  const { connections } = parts;
  // The answer that a shown one stands for, to compare the next with.
  const handles = new WeakMap<ShownAnswer, AnswerHandle>();
  return {
    titles: { purpose: Object.fromEntries(knownPurposes.map(({ code, title }) => [code, title])) },
    connections: () => ({ active: connections.active().id, connections: connections.list().map(choice) }),
    addressOf: (connectionId) => connections.get(connectionId)?.baseUrl,
    onDidChangeConnections: (listener) => new vscode.Disposable(connections.onDidChange(listener).dispose),
    pick: (wanted) => pick(parts, wanted),
    send: (sending, document) => send(parts, handles, sending, document),
  };
}

const choice = ({ id, label, environment, readOnly }: ReturnType<Connections['active']>): ConnectionChoice =>
  ({ id, label, environment: environmentName(environment), production: environment === 'production' || environment === 'custom', readOnly });

async function pick(parts: RequestWorkParts, { spec, connectionId, current, known }: Wanted): ReturnType<RequestWork['pick']> {
  if (spec.file) {
    const chosen = await pickFile(spec.file, spec.label);
    return chosen === undefined ? undefined : { value: chosen };
  }
  if (!spec.picker) return undefined;
  const there = (Array.isArray(current) ? current : [current]).filter((one) => typeof one === 'string' || typeof one === 'number').flatMap((one) => String(one).split(/\s+/));
  const picked = await pickId(parts, spec.picker, connectionId, known, { field: spec.label, current: there.filter((one) => one !== '') });
  // A text of several ids has spaces between them.
  return picked && { ...picked, value: Array.isArray(picked.value) && spec.kind !== 'list' ? picked.value.join(' ') : picked.value };
}

async function send(parts: RequestWorkParts, handles: WeakMap<ShownAnswer, AnswerHandle>, sending: Sending, document: vscode.Uri): Promise<ShownAnswer | Ended> {
  const { entry, input, accept, connectionId, signal, number } = sending;
  const { answers, connections } = parts;
  const record = connections.get(connectionId);
  if (record && !(await mayBeSent(document, entry, record))) return { ended: 'Not sent.' };
  const previous = sending.previous && handles.get(sending.previous);
  const sent = await sendCall({ ...parts, answers: answers.store }, { entry, input, connectionId, signal, number, onProgress: ({ received }) => sending.received(received), onQuestion: (open) => sending.asked(open), ...(previous && { previous }), ...(accept !== undefined && { accept }) });
  if ('ended' in sent) return sent;
  const { head, answer, waysOut } = sent;
  const act = (work: () => Promise<unknown>): void => void work().catch(parts.showError);
  const shown: ShownAnswer = {
    head,
    bytes: () => (answer && answer.file === undefined ? answers.store.bytes(answer.name) : undefined),
    act: (action) => {
      if (action === 'showJobs') return act(() => parts.jobs.show({ connectionId, entry, input, body: sent.body }));
      if (!answer) return;
      if (action === 'save') act(() => answers.save(answer));
      else if (action === 'openDocument') act(() => answers.openDocument(answer, vscode.ViewColumn.Beside));
      else if (action === 'openLink') act(() => openLink(connectLink(answers.store.bytes(answer.name), connections.get(connectionId)?.environment, head.receivedAt)));
      else if (previous) act(() => answers.compare(answer, previous));
    },
    deed: (id) => waysOut.get(id)?.does,
    follow: (to, name, value, ids) => act(() => followId(parts, { connectionId, entry, input, to, name, value, ids })),
  };
  // What never came is passed over: the next answer is compared with the last one that did.
  const last = answer ?? previous;
  if (last) handles.set(shown, last);
  return shown;
}

async function openLink(link: ConnectLink | undefined): Promise<void> {
  if (!link) throw new ToldError('This answer is no longer kept, or its connection was removed, so its link is not opened. Send the request again.');
  if (link.until <= Date.now()) throw new ToldError('The link is over: it lives two hours, and no longer than the token it was made with. Send the request again for a new one.');
  // As text: an address of the editor's own kind is written anew, and with it the parameters that are signed.
  if (!(await vscode.env.openExternal(link.url as unknown as vscode.Uri))) throw new ToldError('The link was not opened. Copy it out of the answer instead.');
}
