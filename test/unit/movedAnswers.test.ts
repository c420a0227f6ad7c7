// Saving a request for the first time closes its tab and opens its file's: the answer goes along, to that tab alone.
import { beforeEach, describe, expect, test } from 'vitest';
import { changed, setPart, setValue } from '../../src/requests/document.ts';
import { MovedAnswers } from '../../src/webviews/host/movedAnswers.ts';
import { RequestSession, type ShownAnswer } from '../../src/webviews/host/requestSession.ts';
import type { RequestMessage } from '../../src/webviews/protocol/request.ts';

const request = '{ "operation": "GetCustomer", "connection": "sandbox", "parameters": { "customerId": "7" } }';
let now: number;
let moved: MovedAnswers;
beforeEach(() => {
  now = 1_000;
  moved = new MovedAnswers(() => now);
});

function tab(text: string) {
  const state = { text };
  const numbers: number[] = [];
  const shown: RequestMessage[] = [];
  const session = new RequestSession({
    text: () => state.text, change: async () => true, post: (message) => shown.push(message), connections: () => ({ active: 'sandbox', connections: [{ id: 'sandbox', label: 'Sandbox', environment: 'sandbox', production: false, readOnly: false }] }), addressOf: () => undefined,
    send: async ({ number }) => {
      numbers.push(number);
      return { head: { number }, bytes: () => undefined, act: () => undefined, deed: () => undefined, follow: () => undefined } as unknown as ShownAnswer;
    },
    pick: async () => undefined, run: () => undefined, openText: () => undefined, copyAsCode: () => undefined, saveAs: () => undefined, failed: (error) => { throw error; }, titles: {}, locale: 'en', now: () => now,
  });
  const answers = () => shown.flatMap((message) => (message.type === 'answer' ? [message.head.number] : []));
  return { session, state, numbers, answers, shown };
}

async function answered(text = request) {
  const one = tab(text);
  one.session.receive({ type: 'ready' });
  await one.session.send();
  return one;
}
/** As the editor does when a document without a file is saved. */
const emptied = ({ session, state }: ReturnType<typeof tab>): void => {
  state.text = '';
  session.documentChanged();
};

describe('the answer of a request that is saved', () => {
  test.each(['the file\'s tab opens first', 'its own tab closes first'])('goes to the file\'s tab, and counts on there: %s', async (order) => {
    const own = await answered();
    const file = tab(request);
    if (order.startsWith('the file')) {
      moved.begun(file.session);
      file.session.receive({ type: 'ready' });
      emptied(own);
      moved.left(own.session);
    } else {
      emptied(own);
      moved.left(own.session);
      moved.begun(file.session);
      file.session.receive({ type: 'ready' });
    }
    expect(file.answers()).toEqual([1]);
    await file.session.send();
    expect(file.numbers).toEqual([2]);
  });

  test('goes along when the connection was left out of the file', async () => {
    const own = await answered();
    const file = tab(changed(request, setPart(request, 'connection', undefined)));
    moved.left(own.session);
    moved.begun(file.session);
    file.session.receive({ type: 'ready' });
    expect(file.answers()).toEqual([1]);
  });

  test.each([true, false])('takes the JSON tab along, with an answer or without one: %s', async (sent) => {
    const own = sent ? await answered() : tab(request);
    own.session.receive({ type: 'ready' });
    own.session.receive({ type: 'tab', tab: 'json' });
    moved.left(own.session);
    const file = tab(request);
    moved.begun(file.session);
    file.session.receive({ type: 'ready' });
    expect(file.shown.map(({ type }) => type)).toContain('showJson');
    expect(file.answers()).toEqual(sent ? [1] : []);
    own.session.receive({ type: 'tab', tab: 'form' });
    expect(own.session.moving()).toEqual(sent ? expect.objectContaining({ json: false }) : undefined);
  });

  test('goes to no other request, to no second tab, and to none that comes later', async () => {
    const own = await answered();
    moved.left(own.session);
    const other = tab(changed(request, setValue(request, ['parameters', 'customerId'], '8')));
    moved.begun(other.session);
    const file = tab(request);
    moved.begun(file.session);
    const second = tab(request);
    moved.begun(second.session);
    now += 11_000;
    moved.left((await answered()).session);
    now += 11_000;
    const late = tab(request);
    moved.begun(late.session);
    for (const { session } of [other, file, second, late]) session.receive({ type: 'ready' });
    expect([other, file, second, late].map(({ answers }) => answers())).toEqual([[], [1], [], []]);
  });

  test('does not take the place of one that the file\'s tab has, nor reach a tab that is closed', async () => {
    const file = await answered();
    const closed = tab(request);
    moved.begun(file.session);
    moved.begun(closed.session);
    moved.ended(closed.session);
    await file.session.send();
    moved.left((await answered()).session);
    expect(file.answers()).toEqual([1, 2]);
    expect(closed.session.moving()).toBeUndefined();
  });
});
