// The one guard before the wire: may this call go out, does a person have to say yes first and how, or not at all? Pure: an operation and a
// situation in, a decision out. The rules are the tables in rules.ts; a decision's words never hold a secret or a body. Free of vscode.
import type { OperationEntry, PurposeSlot } from '../api/catalogue.ts';
import type { GuardReason } from '../client/types.ts';
import type { Environment } from '../credentials/types.ts';
import { changes, missingPurpose } from './facts.ts';
import { questions, refusals, wayOf, type Situation } from './rules.ts';

export interface Question {
  kind: 'ask';
  title: string;
  detail: string;
  /** The button that says yes. */
  confirm: string;
  reasons: readonly GuardReason[];
  /** Yes is said by typing the customer's username. */
  typed: boolean;
  /** Where the purpose goes that the person is asked for. */
  purpose?: PurposeSlot;
  /** Naming the purpose is all there is to ask: nothing is changed. */
  purposeAlone: boolean;
  /** The person may say that this kind of question is to be held back for some minutes. */
  mayBeHeld: boolean;
}

export type Decision = { kind: 'allow' } | Question | { kind: 'refuse'; reason: string; /** Editing the connection is the way out. */ ofTheConnection: boolean };

/** Decides about one call. */
export function decide(operation: OperationEntry, situation: Situation): Decision {
  const refusal = refusals.find((rule) => rule.on(operation) && rule.when(situation));
  if (refusal) return { kind: 'refuse', reason: refusal.because(operation), ofTheConnection: refusal.ofTheConnection === true };
  const asked = questions.flatMap((rule) => {
    const way = wayOf(rule, operation, situation);
    return way ? [{ rule, way }] : [];
  });
  if (asked.length === 0) return { kind: 'allow' };
  const reasons = asked.map(({ rule }) => rule.reason);
  const lines = asked.map(({ rule }) => rule.says(operation, situation));
  const priceUnknown = isLive(situation.environment) && operation.report !== undefined && operation.billable === 'unknown';
  if (priceUnknown) lines.push('Whether it is billed is not published; expect that it is.');
  const purpose = asked.some(({ way }) => way === 'purpose') ? missingPurpose(operation, situation.input) : undefined;
  return {
    kind: 'ask', title: situation.words?.title ?? `${operation.summary}?`, detail: lines.join('\n'), confirm: situation.words?.confirm ?? confirmWord(operation, reasons), reasons,
    typed: asked.some(({ way }) => way === 'type'), ...(purpose && { purpose }), purposeAlone: purpose !== undefined && reasons.length === 1 && !changes(operation),
    mayBeHeld: asked.every(({ rule }) => rule.mayBeHeld) && !priceUnknown,
  };
}

const isLive = (environment: Environment) => environment === 'production' || environment === 'custom';

function confirmWord(operation: OperationEntry, reasons: readonly GuardReason[]): string {
  if (reasons.includes('destructive')) return operation.method === 'DELETE' ? 'Delete' : 'Go On';
  if (reasons.includes('sendsMail')) return 'Send';
  if (operation.report) return 'Generate';
  return operation.method === 'GET' ? 'Get It' : 'Go On';
}
