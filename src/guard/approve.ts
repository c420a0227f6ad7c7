// Puts the policy between the client and the wire: makes the `Approve` that a client is created with. Free of vscode: how a person is
// asked comes in as a function. A caller that has asked in words of its own says so with CallOptions.confirmed; that answers the questions it
// names, never stands for a username typed or a purpose named, and never lifts a refusal. Yes counts only for the connection as it was when
// the question was put: signed out, switched or read-only meanwhile, nothing goes out.
import type { OperationEntry } from '../api/catalogue.ts';
import { CancelledError, GuardRefusal } from '../client/errors.ts';
import type { Approve, CallOptions } from '../client/types.ts';
import type { ConnectionRecord } from '../credentials/types.ts';
import { targetsOf, type Target } from './about.ts';
import { withPurpose } from './facts.ts';
import { decide, type Question } from './policy.ts';

export type GuardedConnection = Pick<ConnectionRecord, 'id' | 'label' | 'environment' | 'baseUrl' | 'readOnly' | 'signedOut'>;

/** A question with all that is needed to put it. */
export interface Asking {
  question: Question;
  operation: OperationEntry;
  connection: GuardedConnection;
  /** Whom and what the call is about. */
  targets: readonly Target[];
  /** The caller has asked all of it in words of its own. */
  confirmed: boolean;
  /** The customer whose username has to be typed, and how it is read. Throws what the client throws. */
  customerId: string;
  username(): Promise<string | undefined>;
  /** What has happened to the connection meanwhile so that an answer no longer counts. */
  changed(): string | undefined;
  signal?: AbortSignal;
}

export interface Answer {
  yes: boolean;
  /** The code that the person chose; undefined when there was none to choose, or they want to send none. */
  purpose?: string;
}

export interface ApproveOptions {
  /** The connection as it is now: its record may be edited while a client lives. Undefined when the client is closed. */
  connection: () => GuardedConnection | undefined;
  ask: (asking: Asking) => Promise<Answer>;
  /** Reads a customer's username: a call of its own, which the policy allows. */
  username: (customerId: string, signal: AbortSignal | undefined) => Promise<string | undefined>;
}

/** The returned function throws GuardRefusal when the policy refuses or the person says No. */
export function createApprove({ connection, ask, username }: ApproveOptions): Approve {
  return async (operation, input, options) => {
    const { operationId } = operation;
    const { signal, origin, words } = options;
    const before = connection();
    if (!before) throw new CancelledError(operationId, 'Cancelled: the connection was closed.');
    const { environment, readOnly } = before;
    const decision = decide(operation, { environment, readOnly, origin, input, ...(words && { words }) });
    if (decision.kind === 'allow') return undefined;
    if (decision.kind === 'refuse') throw new GuardRefusal(operationId, decision.reason, false, decision.ofTheConnection ? before.id : undefined);
    const customerId = String(input.customerId ?? '');
    const changed = () => changeOf(before, connection());
    options.onQuestion?.(true);
    const answer = await ask({
      question: decision, operation, connection: before, targets: targetsOf(operation, input), confirmed: isConfirmed(decision, options), customerId,
      username: () => username(customerId, signal), changed, ...(signal && { signal }),
    }).finally(() => options.onQuestion?.(false));
    if (signal?.aborted) throw new CancelledError(operationId);
    if (!answer.yes) throw new GuardRefusal(operationId, `${operation.summary}: not confirmed, nothing was sent.`, true);
    const change = changed();
    if (change) throw new GuardRefusal(operationId, `"${before.label}" ${change} while the question was open, so nothing was sent. Start it again if it is still wanted.`);
    return decision.purpose && answer.purpose !== undefined ? withPurpose(decision.purpose, input, answer.purpose) : undefined;
  };
}

/** Only a person's own act can have been confirmed before. */
function isConfirmed({ reasons, typed, purpose }: Question, { confirmed, origin }: CallOptions): boolean {
  if (!confirmed || typed || purpose || (origin !== 'command' && origin !== 'form' && origin !== 'connect')) return false;
  return reasons.every((reason) => confirmed.includes(reason));
}

/** What happened to a connection so that an answer given for it no longer counts. */
function changeOf(before: GuardedConnection, now: GuardedConnection | undefined): string | undefined {
  if (!now) return 'was signed out or changed';
  if (now.signedOut && !before.signedOut) return 'was signed out';
  if (now.environment !== before.environment || now.baseUrl !== before.baseUrl) return 'was switched to another environment';
  return now.readOnly && !before.readOnly ? 'became read-only' : undefined;
}
