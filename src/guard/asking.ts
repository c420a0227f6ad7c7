// How a question is put and answered: one after the other, in the form that the policy wants, with a line in the log for each, which names
// connection, operation, reasons and answer and nothing of the request. What draws a question comes in as `Showing`. Free of vscode.
import type { OperationEntry } from '../api/catalogue.ts';
import { CancelledError, GuardRefusal } from '../client/errors.ts';
import { plainText } from '../client/plainText.ts';
import type { Answer, Asking, GuardedConnection } from './approve.ts';
import type { Target } from './about.ts';
import type { HeldPeace } from './heldPeace.ts';
import type { Question } from './policy.ts';

/** What every form of a question says: nobody must have to guess what would go where. */
export interface Shown {
  question: Question;
  operation: OperationEntry;
  connection: GuardedConnection;
  targets: readonly Target[];
}

/** What has to be typed. */
export interface Wanted {
  what: 'username' | 'customer id';
  text: string;
}

/** The forms of a question. Each gives undefined when the person turns away, and may end when the signal aborts. */
export interface Showing {
  /** A yes or no; with `minutes`, there is a second yes that holds the next ones back for so long. */
  confirm(shown: Shown, minutes: number | undefined, signal?: AbortSignal): Promise<'yes' | 'hold' | undefined>;
  /** True once it is typed letter for letter. */
  type(shown: Shown, wanted: Wanted, signal?: AbortSignal): Promise<boolean | undefined>;
  /** A code, or '' for sending none. `last` is the one that was named before on this connection. */
  purpose(shown: Shown, last: string | undefined, signal?: AbortSignal): Promise<string | undefined>;
}

export interface AskingParts {
  show: Showing;
  /** Waits until no other question is on the screen, and keeps the others waiting meanwhile. */
  turn<T>(ask: () => Promise<T>): Promise<T>;
  peace: HeldPeace;
  holdMinutes(): number;
  /** Whether nobody may be named on the screen: the customer's id is typed then. */
  namesHidden?(): boolean;
  /** What a customer is called, where that is known without a call. */
  nameOf?(connectionId: string, customerId: string): string | undefined;
  purposes: { known(connectionId: string): string | undefined; remember(connectionId: string, code: string): void };
  log(line: string): void;
}

/** The log's line of a question. */
export const questionLine = (label: string, operationId: string, reasons: readonly string[], answered: string): string => `[${label}] ${operationId} (${reasons.join(', ')}) · ${answered}`;

export function createAsking(parts: AskingParts): (asking: Asking) => Promise<Answer> {
  const { peace, turn } = parts;
  return async (given) => {
    const asking = { ...given, targets: named(parts, given) };
    const { question, operation, connection, signal } = asking;
    const end = (answered: string, answer: Answer): Answer => {
      parts.log(questionLine(connection.label, operation.operationId, question.reasons, answered));
      return answer;
    };
    const held = () => question.mayBeHeld && peace.until(connection) !== undefined;
    if (asking.confirmed) return end('asked by the command itself: yes', { yes: true });
    if (held()) return end('not asked: held back', { yes: true });
    const wanted = question.typed ? parts.namesHidden?.() ? { what: 'customer id' as const, text: asking.customerId } : await toBeTyped(asking, end) : undefined;
    return turn(async () => {
      if (signal?.aborted) return end('not asked: cancelled', { yes: false });
      // The one before it may have been answered with "and don't ask".
      if (held()) return end('not asked: held back', { yes: true });
      if (wanted) return await parts.show.type(asking, wanted, signal) ? end(`asked: typed the ${wanted.what}`, { yes: true }) : end('asked: no, nothing typed', { yes: false });
      const minutes = question.mayBeHeld ? parts.holdMinutes() : undefined;
      const said = question.purposeAlone ? 'yes' : await parts.show.confirm(asking, minutes, signal);
      if (said === undefined) return end('asked: no', { yes: false });
      // A window cannot be taken away: its answer may come after the call was cancelled, and is one to nothing then.
      if (signal?.aborted) return end('asked, and cancelled meanwhile', { yes: false });
      if (said === 'hold' && minutes !== undefined) {
        if (!signal?.aborted && asking.changed() === undefined) peace.hold(connection, minutes);
        return end(`asked: yes, and not to be asked for ${minutes} minutes`, { yes: true });
      }
      return question.purpose ? withPurpose(parts, asking, end) : end('asked: yes', { yes: true });
    });
  };
}

/** The targets, the customer with their name unless nobody may be named. */
function named({ namesHidden, nameOf }: AskingParts, { targets, connection }: Asking): readonly Target[] {
  if (!nameOf || namesHidden?.()) return targets;
  return targets.map((target) => {
    const name = target.customer && nameOf(connection.id, target.value);
    return name ? { ...target, value: `${target.value} (${plainText(name, 80)})` } : target;
  });
}

type End = (answered: string, answer: Answer) => Answer;

async function withPurpose({ show, purposes }: AskingParts, asking: Asking, end: End): Promise<Answer> {
  const { connection: { id }, signal } = asking;
  const code = await show.purpose(asking, purposes.known(id), signal);
  if (code === undefined) return end('asked: no, no purpose named', { yes: false });
  if (code === '') return end('asked: yes, without a purpose', { yes: true });
  purposes.remember(id, code);
  return end(`asked: yes, purpose ${code}`, { yes: true, purpose: code });
}

/**
 * The username as it stands at the API. One that cannot be shown and typed as it is (none, or with characters that hide) makes room for the
 * customer's id. Without an answer of the API nothing is deleted: nobody could know whose data it is.
 */
async function toBeTyped({ operation, customerId, username }: Asking, end: End): Promise<Wanted> {
  let text: string | undefined;
  try {
    text = await username();
  } catch (error) {
    end('not asked: the username could not be read', { yes: false });
    if (error instanceof CancelledError) throw error;
    throw new GuardRefusal(operation.operationId, `${operation.summary}: nothing was sent, because the customer's username has to be typed first and could not be read. ${error instanceof Error ? error.message : ''}`.trimEnd());
  }
  const usable = text !== undefined && text !== '' && plainText(text) === text;
  return usable ? { what: 'username', text: text! } : { what: 'customer id', text: customerId };
}
