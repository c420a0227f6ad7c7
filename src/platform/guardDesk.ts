// What a window keeps for the guard: whether changes are held back, which purposes were named, how many calls may cost money; and the way of
// its questions to the person. What asks is loaded with the first question. Free of vscode.
import type { FinishedCall } from '../client/types.ts';
import type { Connections } from '../credentials/connections.ts';
import { Purposes } from '../documents/purposes.ts';
import type { Answer, Asking } from '../guard/approve.ts';
import type { Showing } from '../guard/asking.ts';
import { BilledCalls } from '../guard/billedCalls.ts';
import { HeldPeace } from '../guard/heldPeace.ts';
import { lazily } from './lazily.ts';
import type { Log } from './log.ts';
import { guardQuestions } from './openQuestions.ts';

export interface GuardDeskOptions {
  connections: Connections;
  log: Pick<Log, 'info'>;
  holdMinutes(): number;
  /** Whether nobody may be named on the screen. */
  namesHidden?(): boolean;
  /** What a customer is called, where that is known without a call. */
  nameOf?(connectionId: string, customerId: string): string | undefined;
  /** Loads what draws the questions. */
  show(): Promise<Showing>;
  /** Asks for the purpose of reading reports of a connection, by its label. */
  askPurpose(label: string): Promise<string | undefined>;
}

export interface GuardDesk {
  peace: HeldPeace;
  billed: BilledCalls;
  purposes: Purposes;
  ask(asking: Asking): Promise<Answer>;
  finished(call: FinishedCall, connectionId: string): void;
  /** A connection is no longer what it was. */
  closed(connectionId: string): void;
  dispose(): void;
}

export function createGuardDesk({ connections, log, holdMinutes, namesHidden, nameOf, show, askPurpose }: GuardDeskOptions): GuardDesk {
  const peace = new HeldPeace();
  const billed = new BilledCalls();
  const turn = <T>(ask: () => Promise<T>): Promise<T> => guardQuestions.during(ask);
  const asking = lazily(async () => {
    const [{ createAsking }, showing] = await Promise.all([import('../guard/asking.ts'), show()]);
    return createAsking({ show: showing, turn, peace, holdMinutes, ...(namesHidden && { namesHidden }), ...(nameOf && { nameOf }), purposes, log: (line) => log.info(line) });
  });
  const purposes = new Purposes((id) => turn(async () => {
    const label = connections.get(id)?.label ?? id;
    const code = await askPurpose(label);
    log.info(`[${label}] reading reports (fcra) · ${code === undefined ? 'asked: no, no purpose named' : `asked: yes, purpose ${code}`}`);
    return code;
  }));
  // Signed out or led elsewhere, in this window or another: whoever was told not to ask has to be told again.
  const watching = connections.onDidChange(() => peace.look((id) => connections.get(id)));
  return {
    peace, billed, purposes,
    ask: async (question) => (await asking())(question),
    finished: (call, connectionId) => billed.record(call, connectionId),
    closed(connectionId) {
      peace.end(connectionId);
      purposes.forget(connectionId);
    },
    dispose() {
      watching.dispose();
      peace.end();
    },
  };
}
