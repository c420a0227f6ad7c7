// The guard's rules as tables: what is refused, and what is asked where and how. These tables are the whole policy; docs/guard.md is made
// from them (`npm run api:build`), so that the page cannot say anything else than what happens. A rule's words hold no id, name or body.
import type { OperationEntry } from '../api/catalogue.ts';
import type { AnyInput, CallOrigin, GuardReason, OwnWords } from '../client/types.ts';
import type { Environment } from '../credentials/types.ts';
import { changes, missingPurpose, ofACustomer, ownAct, underFcra } from './facts.ts';

export interface Situation {
  environment: Environment;
  readOnly: boolean;
  /** Undefined for a caller that does not say: nothing that needs a person's own act is allowed then. */
  origin: CallOrigin | undefined;
  input: AnyInput;
  words?: OwnWords;
}

/** How a rule is put to the person: a plain yes or no, the customer's username typed, or the list of permissible purposes as well. */
export type Way = 'ask' | 'type' | 'purpose';
export type Where = Readonly<Record<Environment, Way | 'none'>>;

interface Rule {
  /** The rule in a few words. */
  name: string;
  /** When it applies, as a sentence for docs/guard.md. */
  applies: string;
  /** Which operations it can meet at all. */
  on: (o: OperationEntry) => boolean;
}

export interface Refusal extends Rule {
  /** Whether it meets this call. */
  when: (s: Situation) => boolean;
  because: (o: OperationEntry) => string;
  /** The connection's own setting stands in the way: editing it is the way out. */
  ofTheConnection?: true;
}

export interface Asked extends Rule {
  reason: GuardReason;
  where: Where;
  /** What else has to hold of this call; left out: nothing. */
  when?: (o: OperationEntry, s: Situation) => boolean;
  says: (o: OperationEntry, s: Situation) => string;
  /** The person may have it held back for some minutes, where it is the only reason. */
  mayBeHeld?: true;
}

const everywhere: Where = { sandbox: 'ask', testDrive: 'ask', production: 'ask', custom: 'ask' };
const outsideSandbox: Where = { ...everywhere, sandbox: 'none' };
const live = (way: Way): Where => ({ sandbox: 'none', testDrive: 'none', production: way, custom: way });

/** First match refuses. */
export const refusals: readonly Refusal[] = [
  { name: 'Read-only connection', applies: 'The connection is read-only and the operation changes something.', ofTheConnection: true,
    on: changes, when: (s) => s.readOnly,
    because: (o) => `This connection is read-only, and "${o.summary}" changes something. Edit the connection to allow changes.` },
  { name: 'By hand only', applies: 'The API forbids automating it, and no person has just asked for it by a command or a request.',
    on: (o) => o.automation === 'forbidden', when: (s) => !ownAct(s.origin),
    because: (o) => `"${o.summary}" must not be automated: the API allows it only as a person's own act. Run it as a command instead.` },
  { name: 'Waiting never changes anything', applies: 'The call is a look at something that is awaited, and the operation changes something.',
    on: changes, when: (s) => s.origin === 'poll',
    because: (o) => `"${o.summary}" changes something and is never called by waiting for a result.` },
];

/** All that match are asked in one question, in this order. */
export const questions: readonly Asked[] = [
  { reason: 'destructive', name: 'Destructive', applies: 'Something is lost that cannot be brought back. On live data the username is typed where the operation is one on a customer.',
    where: { sandbox: 'ask', testDrive: 'ask', production: 'type', custom: 'type' }, on: (o) => o.destructive !== undefined,
    says: (o, s) => s.words?.goes ?? `This cannot be undone. It removes: ${lowerFirst(o.destructive ?? '')}` },
  { reason: 'movesMoney', name: 'Moves money', applies: 'Always.', where: everywhere, on: (o) => o.movesMoney === true,
    says: (_, s) => (s.environment === 'sandbox' ? 'On a real connection this moves real money; the sandbox only plays it.' : 'Real money moves.') },
  { reason: 'sendsMail', name: 'Sends mail', applies: 'Always.', where: everywhere, on: (o) => o.sendsMail === true,
    says: (_, s) => (s.environment === 'sandbox' ? 'On a real connection this sends an e-mail to the address in the request; the sandbox sends none.' : 'A real e-mail is sent to the address in the request.') },
  { reason: 'automation', name: 'By hand only', applies: 'The API forbids automating it; a person has asked for it.', where: everywhere, on: (o) => o.automation === 'forbidden',
    says: () => 'Only a person may start this, never a program: the API refreshes active accounts every day by itself. It contacts the institution and may take up to three minutes.' },
  { reason: 'billable', name: 'Billed', applies: 'A page of the API says that the call is billed.', where: outsideSandbox, on: (o) => o.billable === 'yes',
    says: () => 'This call is billed.' },
  { reason: 'fcra', name: 'FCRA', applies: 'It makes or passes on a consumer report; or it reads one by a command or a request that names no permissible purpose.',
    where: live('purpose'), on: (o) => o.fcra !== 'no' && (changes(o) || o.purpose !== undefined),
    when: (o, s) => underFcra(o, s.input) && (changes(o) || (ownAct(s.origin) && missingPurpose(o, s.input) !== undefined)),
    says: (o) => `This is under the FCRA: it needs a permissible purpose that really applies to this consumer.${o.purpose ? '' : ' The purpose is named when the report is read.'}` },
  { reason: 'productionWrite', name: 'Changes live data', applies: 'Any other operation that changes something.', mayBeHeld: true,
    where: live('ask'), on: changes,
    says: (_, s) => (s.environment === 'production' ? 'It changes production data.' : 'It changes data behind a base URL of your own, which is treated as production.') },
];

/** How a rule is put to the person in this call; undefined when it does not meet it. */
export function wayOf(rule: Asked, operation: OperationEntry, situation: Situation): Way | undefined {
  const way = rule.where[situation.environment];
  if (way === 'none' || !rule.on(operation) || (rule.when && !rule.when(operation, situation))) return undefined;
  if (way === 'type') return ofACustomer(operation) ? way : 'ask';
  if (way === 'purpose') return missingPurpose(operation, situation.input) ? way : 'ask';
  return way;
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
