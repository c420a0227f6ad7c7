// The one guard before the wire: may this call go out, does a person have to say yes first, or not at all? Pure: an operation and a
// situation in, a decision out. The tables below are the whole policy; a decision's words never hold a secret or a body. Free of vscode.
import type { OperationEntry, OperationId } from '../api/catalogue.ts';
import type { AnyInput, CallOrigin, GuardReason } from '../client/types.ts';
import type { Environment } from '../credentials/types.ts';

export interface Situation {
  environment: Environment;
  readOnly: boolean;
  /** Undefined for a caller that does not say: nothing that needs a person's own act is allowed then. */
  origin: CallOrigin | undefined;
  input: AnyInput;
}

export type Decision =
  | { kind: 'allow' }
  | { kind: 'ask'; title: string; detail: string; /** The button that says yes. */ confirm: string; reasons: readonly GuardReason[] }
  | { kind: 'refuse'; reason: string };

interface Refusal {
  when: (o: OperationEntry, s: Situation) => boolean;
  because: (o: OperationEntry, s: Situation) => string;
}

interface Question {
  reason: GuardReason;
  when: (o: OperationEntry, s: Situation) => boolean;
  where: (environment: Environment) => boolean;
  says: (o: OperationEntry, s: Situation) => string;
}

const everywhere = () => true;
const outsideSandbox = (environment: Environment) => environment !== 'sandbox';
const liveOnly = (environment: Environment) => environment === 'production' || environment === 'custom';
const ownAct = (origin: CallOrigin | undefined) => origin === 'command' || origin === 'form';

/** First match refuses. */
const refusals: readonly Refusal[] = [
  { when: (o, s) => s.readOnly && changes(o),
    because: (o) => `This connection is read-only, and "${o.summary}" changes something. Edit the connection to allow changes.` },
  { when: (o, s) => o.automation === 'forbidden' && !ownAct(s.origin),
    because: (o) => `"${o.summary}" must not be automated: the API allows it only as a person's own act. Run it as a command instead.` },
  { when: (o, s) => s.origin === 'poll' && changes(o),
    because: (o) => `"${o.summary}" changes something and is never called by waiting for a result.` },
];

/** All that match are asked in one question, in this order. */
const questions: readonly Question[] = [
  { reason: 'destructive', where: everywhere, when: (o) => o.destructive !== undefined,
    says: (o) => `This cannot be undone. It removes: ${lowerFirst(o.destructive ?? '')}` },
  { reason: 'movesMoney', where: outsideSandbox, when: (o) => o.movesMoney === true,
    says: () => 'Real money moves.' },
  { reason: 'sendsMail', where: outsideSandbox, when: (o) => o.sendsMail === true,
    says: () => 'A real e-mail is sent to the address in the request.' },
  { reason: 'automation', where: everywhere, when: (o) => o.automation === 'forbidden',
    says: () => 'Only a person may start this, never a program: the API refreshes active accounts every day by itself. It contacts the institution and may take up to three minutes.' },
  { reason: 'billable', where: outsideSandbox, when: (o) => o.billable === 'yes',
    says: () => 'This call is billed.' },
  { reason: 'fcra', where: liveOnly, when: (o, s) => changes(o) && underFcra(o, s.input),
    says: (_, s) => `This is under the FCRA: it needs a permissible purpose that really applies to this consumer.${purposeGiven(s.input) ? '' : ' The request names no purpose code.'}` },
  { reason: 'productionWrite', where: liveOnly, when: (o) => changes(o),
    says: (_, s) => (s.environment === 'production' ? 'It changes production data.' : 'It changes data behind a base URL of your own, which is treated as production.') },
];

/** POSTs that only read. ReportReissue answers with a report too, but hands it to another partner and so is a change. */
const readingPosts: ReadonlySet<OperationId> = new Set<OperationId>(['CreateToken', 'GetReportById', 'GetRecurringTransactions']);
const readingPostPaths = ['/data-enrichment/', '/account-owner-verification-matchings/'];

/** Whether a call leaves anything behind: data, a report, a bill of its own, a message sent. */
export function changes(operation: OperationEntry): boolean {
  if (operation.firesWebhooks || operation.sendsMail || operation.movesMoney) return true;
  if (operation.method === 'GET') return false;
  return !(operation.method === 'POST' && (readingPosts.has(operation.operationId) || readingPostPaths.some((path) => operation.path.startsWith(path))));
}

/** Decides about one call. */
export function decide(operation: OperationEntry, situation: Situation): Decision {
  const refusal = refusals.find((rule) => rule.when(operation, situation));
  if (refusal) return { kind: 'refuse', reason: refusal.because(operation, situation) };
  const asked = questions.filter((rule) => rule.where(situation.environment) && rule.when(operation, situation));
  if (asked.length === 0) return { kind: 'allow' };
  const reasons = asked.map((rule) => rule.reason);
  const lines = asked.map((rule) => rule.says(operation, situation));
  if (!reasons.includes('billable') && operation.report && operation.billable === 'unknown' && liveOnly(situation.environment))
    lines.push('Whether it is billed is not published; expect that it is.');
  return { kind: 'ask', title: `${operation.summary}?`, detail: lines.join('\n'), confirm: confirmWord(operation, reasons), reasons };
}

function confirmWord(operation: OperationEntry, reasons: readonly GuardReason[]): string {
  if (reasons.includes('destructive')) return operation.method === 'DELETE' ? 'Delete' : 'Go On';
  if (reasons.includes('sendsMail')) return 'Send';
  if (operation.report) return 'Generate';
  return operation.method === 'GET' ? 'Get It' : 'Go On';
}

/** `conditional` operations come under the FCRA when they are made for a consumer reporting purpose. */
function underFcra(operation: OperationEntry, input: AnyInput): boolean {
  return operation.fcra === 'always' || (operation.fcra === 'conditional' && hasCraFlag(input.body));
}

function hasCraFlag(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, item]) => (name === 'forCraPurpose' && item === true) || hasCraFlag(item));
}

const purposeGiven = (input: AnyInput) => {
  const { purpose, body } = input;
  return isText(purpose) || (typeof body === 'object' && body !== null && 'purpose' in body && isText(body.purpose));
};
const isText = (value: unknown) => typeof value === 'string' && value !== '';
const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
