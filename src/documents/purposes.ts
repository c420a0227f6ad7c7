// The permissible purpose of reading a consumer report (FCRA). The live API demands one from 11 August 2026 on (10100 without it), and only
// a person can say which: so it is asked for when the API first wants it, kept in memory per connection, and never guessed. Free of vscode.
// (A request that a person sends by hand is asked about before it goes: src/guard/.) The codes are those that api/ suggests; the public list
// may hold more, so a code of one's own can be typed.
import { ApiError } from '../client/errors.ts';
import type { AnyInput } from '../client/types.ts';

export interface Purpose {
  /** Two characters. */
  code: string;
  title: string;
}

export const knownPurposes: readonly Purpose[] = [
  { code: '31', title: 'Extension of credit' },
  { code: '3F', title: 'Written instruction of the consumer, prequalification' },
  { code: '10', title: 'Written instruction, personal guarantor' },
  { code: '99', title: 'Account review' },
  { code: '1B', title: 'Tenant screening' },
  { code: '8J', title: 'Government licence or benefit' },
  { code: '1P', title: 'Accepting a way of payment (payment success indicators)' },
  { code: '1W', title: 'In use, its meaning is not published' },
];

/** A code's meaning in a few words. */
export const purposeTitle = (code: string): string => knownPurposes.find((one) => one.code === code)?.title ?? 'A code of your own';

/** What is wrong with a purpose code that someone typed; undefined when it may be sent. */
export const purposeProblem = (code: string): string | undefined => (/^[0-9A-Za-z]{2}$/.test(code) ? undefined : 'A purpose code is two letters or digits, for example 3F.');

/** Whether a report was not shown for want of a purpose. */
export const isPurposeWanted = (error: unknown): boolean => error instanceof ApiError && error.code === '10100' && /purpose/i.test(error.apiMessage ?? '');

export class Purposes {
  readonly #ask: (connectionId: string) => Promise<string | undefined>;
  readonly #chosen = new Map<string, string>();
  readonly #asking = new Map<string, Promise<string | undefined>>();

  /** `ask` puts the question to the person; undefined when they turn away. */
  constructor(ask: (connectionId: string) => Promise<string | undefined>) {
    this.#ask = ask;
  }

  /** The purpose chosen for this connection since the window opened. */
  known(connectionId: string): string | undefined {
    return this.#chosen.get(connectionId);
  }

  /** Keeps what a person has named elsewhere, in the guard's question or in a request. */
  remember(connectionId: string, code: string): void {
    this.#chosen.set(connectionId, code);
  }

  /** The connection is no longer what it was: whoever reads from it has to say anew why. An answer still awaited counts as none. */
  forget(connectionId: string): void {
    this.#chosen.delete(connectionId);
    this.#asking.delete(connectionId);
  }

  /** Asks, once however many wait, and remembers the answer. */
  choose(connectionId: string): Promise<string | undefined> {
    return this.#asking.get(connectionId) ?? this.#askAnew(connectionId);
  }

  #askAnew(connectionId: string): Promise<string | undefined> {
    const still = (): boolean => this.#asking.get(connectionId) === asking;
    const asking: Promise<string | undefined> = this.#ask(connectionId).then((code) => {
      if (!still()) return undefined;
      if (code !== undefined) this.#chosen.set(connectionId, code);
      return code;
    }).finally(() => still() && this.#asking.delete(connectionId));
    this.#asking.set(connectionId, asking);
    return asking;
  }

  /**
   * Reads a report: with the purpose that is known, and when the API wants another, with the one the person then names. The
   * API's own error is passed on when nobody names one.
   */
  async reading<T>(connectionId: string, input: AnyInput, read: (input: AnyInput) => Promise<T>): Promise<T> {
    const known = this.known(connectionId);
    try {
      return await read(input.purpose === undefined && known !== undefined ? { ...input, purpose: known } : input);
    } catch (error) {
      if (!isPurposeWanted(error)) throw error;
      // Somebody else may have been asked while this read was under way.
      const meanwhile = this.known(connectionId);
      const purpose = meanwhile !== undefined && meanwhile !== known ? meanwhile : await this.choose(connectionId);
      if (purpose === undefined) throw error;
      return read({ ...input, purpose });
    }
  }
}
