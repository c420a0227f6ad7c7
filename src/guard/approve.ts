// Puts the policy between the client and the wire: makes the `Approve` that a client is created with. Free of vscode: how a person is
// asked comes in as a function. A caller that has asked in words of its own (a delete command that lists what goes) says so with
// CallOptions.confirmed; that answers the questions it names and never lifts a refusal.
import type { OperationEntry } from '../api/catalogue.ts';
import { CancelledError, GuardRefusal } from '../client/errors.ts';
import type { Approve, CallOptions } from '../client/types.ts';
import type { ConnectionRecord } from '../credentials/types.ts';
import { decide } from './policy.ts';
import type { Decision } from './policy.ts';

export type Question = Extract<Decision, { kind: 'ask' }>;
export type GuardedConnection = Pick<ConnectionRecord, 'environment' | 'readOnly'>;

export interface ApproveOptions {
  /** The connection, or a function that gives it as it is now (its record may be edited while a client lives). */
  connection: GuardedConnection | (() => GuardedConnection);
  /** Shows the question and resolves true for the confirm button, false for anything else. */
  ask: (question: Question, operation: OperationEntry) => Promise<boolean>;
}

/** The returned function throws GuardRefusal when the policy refuses or the person says No. */
export function createApprove({ connection, ask }: ApproveOptions): Approve {
  return async (operation, input, options) => {
    const { environment, readOnly } = typeof connection === 'function' ? connection() : connection;
    const decision = decide(operation, { environment, readOnly, origin: options.origin, input });
    if (decision.kind === 'allow') return;
    if (decision.kind === 'refuse') throw new GuardRefusal(operation.operationId, decision.reason);
    if (isConfirmed(decision, options)) return;
    const yes = await ask(decision, operation);
    if (options.signal?.aborted) throw new CancelledError(operation.operationId);
    if (!yes) throw new GuardRefusal(operation.operationId, `${operation.summary}: not confirmed, nothing was sent.`, true);
  };
}

/** Only a person's own act can have been confirmed before. */
function isConfirmed({ reasons }: Question, { confirmed, origin }: CallOptions): boolean {
  if (!confirmed || (origin !== 'command' && origin !== 'form' && origin !== 'connect')) return false;
  return reasons.every((reason) => confirmed.includes(reason));
}
