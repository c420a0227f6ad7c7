// One request tab without an editor: a document that changes under it, a view that says what a person does, a sending that takes its time.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { operation } from '../../src/api/catalogue.ts';
import { unkeptDraft } from '../../src/requests/document.ts';
import { requestText } from '../../src/requests/newRequest.ts';
import { RequestSession, type RequestPorts, type Sending, type ShownAnswer } from '../../src/webviews/host/requestSession.ts';
import type { AnswerHead } from '../../src/webviews/protocol/answer.ts';
import { longestRequest, longTextMark, readRequestMessage, type RequestMessage } from '../../src/webviews/protocol/request.ts';

const head = (number: number): AnswerHead => ({
  number, status: 200, statusText: 'OK', ok: true, durationMs: 5, size: 2, contentType: 'application/json', form: 'json', headers: [], receivedAt: 0, connection: 'Sandbox', comparable: number > 1,
});

function tab(text: string, ports: Partial<RequestPorts> = {}) {
  const posted: RequestMessage[] = [];
  const sendings: (Sending & { answer(shown: ShownAnswer | { ended: string }): void; fail(error: unknown): void })[] = [];
  const failures: unknown[] = [];
  const state = { text, run: [] as unknown[], acts: [] as string[] };
  const session: RequestSession = new RequestSession({
    text: () => state.text,
    change: async (changes) => {
      await Promise.resolve();
      for (const { offset, length, content } of [...changes].sort((a, b) => b.offset - a.offset)) state.text = state.text.slice(0, offset) + content + state.text.slice(offset + length);
      session.documentChanged();
      return true;
    },
    post: (message) => posted.push(structuredClone(message)),
    connections: () => ({ active: 'sandbox', connections: [{ id: 'sandbox', label: 'Sandbox', environment: 'sandbox', production: false, readOnly: false }] }),
    addressOf: () => '',
    send: (sending) => new Promise((answer, fail) => { sendings.push({ ...sending, answer, fail }); }),
    pick: async () => undefined,
    run: (command, given) => state.run.push([command, ...given]),
    openText: () => state.acts.push('openText'), copyAsCode: () => state.acts.push('copyAsCode'), saveAs: () => state.acts.push('saveAs'),
    failed: (error) => failures.push(error), titles: {}, locale: 'en', now: () => Date.now(), ...ports,
  });
  const last = <T extends RequestMessage['type']>(type: T) => posted.filter((message) => message.type === type).at(-1) as Extract<RequestMessage, { type: T }> | undefined;
  const shown = (number: number): ShownAnswer => ({
    head: head(number), bytes: () => new TextEncoder().encode('{}'), act: (action) => state.acts.push(`${number} ${action}`), follow: (to, name, value) => state.acts.push(`${to} ${name} ${value}`),
    deed: (id) => (id === 'again' ? { retryAfterMs: 0 } : id === 'wait' ? { retryAfterMs: 60_000 } : id === 'create' ? { command: 'openBanking.createConsumer', arguments: [1] } : undefined),
  });
  return { session, posted, sendings, failures, state, last, shown };
}

const settled = () => vi.waitFor(async () => { await new Promise((resolve) => { setTimeout(resolve, 5); }); });
const enroll = requestText(operation('AddTestingCustomer'));
afterEach(() => { vi.useRealTimers(); });

describe('the document', () => {
  it('is shown as a form, its values and what is wrong with them', () => {
    const { session, last } = tab(enroll);
    session.receive({ type: 'ready' });
    expect(last('form')?.form).toMatchObject({ operationId: 'AddTestingCustomer', method: 'POST' });
    expect(last('content')).toMatchObject({ seq: 0, problems: [{ path: ['body', 'username'], missing: true }], content: { bodyText: '{\n  "username": ""\n}' } });
    expect(last('connections')).toMatchObject({ active: 'sandbox' });
  });

  it('takes edits one after another and echoes the last that it has', async () => {
    const { session, state, last } = tab(enroll);
    session.receive({ type: 'ready' });
    'dana-reyes'.split('').forEach((_, index, all) => session.receive({ type: 'edit', path: ['body', 'username'], value: all.slice(0, index + 1).join(''), seq: index + 1 }));
    await settled();
    expect(JSON.parse(state.text)).toMatchObject({ body: { username: 'dana-reyes' } });
    expect(last('content')).toMatchObject({ seq: 10, problems: [] });
  });

  it('leaves the rest of the text as it was written', async () => {
    const text = '{\n\t"operation": "GetCustomers",\n\n\t"parameters": { "search":"x",   "limit": 25 }\n}';
    const { session, state } = tab(text);
    session.receive({ type: 'ready' });
    session.receive({ type: 'edit', path: ['parameters', 'search'], value: 'dana', seq: 1 });
    await settled();
    expect(state.text).toBe(text.replace('"x"', '"dana"'));
    session.receive({ type: 'edit', path: ['parameters', 'search'], seq: 2 });
    await settled();
    expect(JSON.parse(state.text)).toEqual({ operation: 'GetCustomers', parameters: { limit: 25 } });
  });

  it('makes what lacks on the way to a value', async () => {
    const { session, state } = tab('{ "operation": "GenerateVOAReport" }');
    session.receive({ type: 'ready' });
    session.receive({ type: 'edit', path: ['parameters', 'customerId'], value: '7', seq: 1 });
    session.receive({ type: 'edit', path: ['body', 'reportCustomFields', 0], value: { label: 'a' }, seq: 2 });
    await settled();
    expect(JSON.parse(state.text)).toEqual({ operation: 'GenerateVOAReport', parameters: { customerId: '7' }, body: { reportCustomFields: [{ label: 'a' }] } });
  });

  it('follows what others change, also to another operation and to nonsense', () => {
    const { session, state, posted, last } = tab(enroll);
    session.receive({ type: 'ready' });
    state.text = requestText(operation('GetCustomer'), { customerId: '7' });
    session.documentChanged();
    expect(last('form')?.form.operationId).toBe('GetCustomer');
    state.text = '{\n  "operation": "GetCustomer"\n  // mine\n}';
    session.documentChanged();
    expect(last('unreadable')).toMatchObject({ line: 3 });
    expect(last('unreadable')?.text).toMatch(/comment/i);
    const before = posted.length;
    state.text = '{ "version": 99, "operation": "GetCustomer" }';
    session.documentChanged();
    expect(posted.slice(before).map(({ type }) => type)).toEqual(['unreadable']);
    expect(last('unreadable')?.text).toMatch(/newer version/);
  });

  it('takes the body as JSON when it is JSON, and keeps it otherwise', async () => {
    const { session, state, last } = tab(enroll);
    session.receive({ type: 'ready' });
    session.receive({ type: 'editBody', text: '{\n  "username": "dana-reyes",\n  "phone": "8015550100"\n}', seq: 1 });
    await settled();
    expect(state.text).toContain('  "body": {\n    "username": "dana-reyes",\n    "phone": "8015550100"\n  }');
    expect(last('content')?.content.bodyText).toBe('{\n  "username": "dana-reyes",\n  "phone": "8015550100"\n}');
    const before = state.text;
    const typed = '{\n  "username": "x",\n}';
    session.receive({ type: 'editBody', text: typed, seq: 2 });
    await settled();
    expect(JSON.parse(state.text)).toEqual({ ...JSON.parse(before), bodyDraft: typed });
    expect(last('content')).toMatchObject({ seq: 2, content: { body: { username: 'dana-reyes' }, bodyDraft: { text: typed, offset: 19 } } });
    session.receive({ type: 'editBody', text: '{\n  "username": "dana-reyes",\n  "phone": "8015550100"\n}', seq: 3 });
    await settled();
    expect(state.text).toBe(before);
    expect(last('content')?.content.bodyDraft).toBeUndefined();
  });

  it('keeps a draft of a body that is not there, and forgets it with an emptied body or when told to', async () => {
    const empty = '{\n  "operation": "AddTestingCustomer"\n}\n';
    const { session, state, last } = tab(empty);
    session.receive({ type: 'ready' });
    for (const forget of [{ type: 'editBody', text: ' ', seq: 2 }, { type: 'discardDraft' }]) {
      session.receive({ type: 'editBody', text: '{ "username": ', seq: 1 });
      await settled();
      expect(JSON.parse(state.text)).toEqual({ operation: 'AddTestingCustomer', bodyDraft: '{ "username": ' });
      session.receive(forget);
      await settled();
      expect(state.text).toBe(empty);
      expect(last('content')?.content.bodyDraft).toBeUndefined();
    }
    session.receive({ type: 'editBody', text: '{ "username": ', seq: 3 });
    session.receive({ type: 'editBody', text: '{ "username": "x" }', seq: 4 });
    await settled();
    expect(JSON.parse(state.text)).toEqual({ operation: 'AddTestingCustomer', body: { username: 'x' } });
  });

  it('changes no field of the body while its JSON is typed, so that nothing is lost when it is taken', async () => {
    const { session, state, last } = tab(enroll);
    session.receive({ type: 'ready' });
    session.receive({ type: 'editBody', text: '{ "username": "ty', seq: 1 });
    session.receive({ type: 'edit', path: ['body', 'username'], value: 'form', seq: 2 });
    await settled();
    expect(JSON.parse(state.text)).toMatchObject({ body: { username: '' }, bodyDraft: '{ "username": "ty' });
    expect(last('content')).toMatchObject({ seq: 2, content: { body: { username: '' } } });
  });

  it('does not let a draft that gives a credential into the document: words stand there in its place', async () => {
    const { session, state, last, sendings } = tab(enroll);
    session.receive({ type: 'ready' });
    for (const typed of ['{ "partnerSecret": "s3cret-s3cret", ', '{ "username": "x", "appKey": "0123abcd" }', '{ "Finicity-App-Key": "0123abcd', "curl -H 'Finicity-App-Key: 0123abcd' https://x", '{ partnerSecret = s3cret']) {
      session.receive({ type: 'editBody', text: typed, seq: 1 });
      await settled();
      expect(JSON.parse(state.text)).toEqual({ ...JSON.parse(enroll), bodyDraft: unkeptDraft });
      expect(last('content')?.content.bodyDraft).toMatchObject({ text: typed });
      session.hidden();
      session.receive({ type: 'ready' });
      expect(last('content')?.content.bodyDraft).toMatchObject({ text: typed });
      await session.send();
      expect(last('ended')?.text).toMatch(/^Not sent: the body as typed cannot be taken/);
    }
    expect(sendings).toHaveLength(0);
    session.receive({ type: 'discardDraft' });
    await settled();
    expect(state.text).toBe(enroll);
    expect(last('content')?.content.bodyDraft).toBeUndefined();
  });

  it('has another tab of a document know of a draft that the document has not, and a tab that follows shows it', async () => {
    const { session, state } = tab(enroll);
    session.receive({ type: 'ready' });
    session.receive({ type: 'editBody', text: '{ "appKey": "0123abcd" }', seq: 1 });
    await settled();
    const other = tab(state.text);
    other.session.receive({ type: 'ready' });
    expect(other.last('content')?.content.bodyDraft).toMatchObject({ text: unkeptDraft, problem: expect.stringMatching(/gives a credential or is too large: it is kept in its tab alone/) as string });
    await other.session.send();
    expect(other.sendings).toHaveLength(0);
    other.session.take(session.moving()!);
    expect(other.last('content')?.content.bodyDraft?.problem).toMatch(/is a credential.* in this tab alone, and is not saved\.$/);
    expect(other.last('content')?.content.bodyDraft).toMatchObject({ text: '{ "appKey": "0123abcd" }' });
    // Whoever writes another draft there means that one.
    other.state.text = other.state.text.replace(unkeptDraft, '{');
    other.session.documentChanged();
    expect(other.last('content')?.content.bodyDraft).toMatchObject({ text: '{' });
  });

  it('tells a tab that follows how the last sending ended, and that the answer is an older one', async () => {
    const { session, sendings, shown } = tab(enroll.replace('""', '"dana"'));
    session.receive({ type: 'ready' });
    for (const outcome of [shown(1), { ended: 'Ended: the connection was closed.' }]) {
      void session.send();
      await settled();
      sendings.at(-1)!.answer(outcome);
      await settled();
    }
    const other = tab(enroll.replace('""', '"dana"'));
    other.session.receive({ type: 'ready' });
    other.session.take(session.moving()!);
    expect(other.posted.slice(-2)).toEqual([expect.objectContaining({ type: 'answer' }), { type: 'ended', text: 'Ended: the connection was closed.', old: true }]);
  });

  it.each([
    ['has brackets without end', '[\n'.repeat(5_000)], ['has brackets without end in one line', '['.repeat(20_000)], ['would make the request too large', JSON.stringify({ username: 'x'.repeat(longestRequest) })],
  ])('sends nothing while what was typed as the body %s', async (_, typed) => {
    const { session, state, last, sendings } = tab(enroll.replace('""', '"dana"'));
    session.receive({ type: 'ready' });
    session.receive(readRequestMessage({ type: 'editBody', text: typed, seq: 1 }));
    await settled();
    expect(last('content')?.content.bodyDraft?.problem).toMatch(/More than 200 levels of brackets|^Too large|no double quote at its end/);
    expect(JSON.parse(state.text)).toMatchObject({ body: { username: 'dana' } });
    await session.send();
    expect(sendings).toHaveLength(0);
    session.receive({ type: 'editBody', text: '{ "username": "dana-reyes" }', seq: 2 });
    void session.send();
    await settled();
    expect(sendings[0]?.input.body).toEqual({ username: 'dana-reyes' });
  });

  it('sends nothing after the editor refused what was typed as the body', async () => {
    const { session, last, sendings, failures } = tab(enroll.replace('""', '"dana"'), { change: async () => false });
    session.receive({ type: 'ready' });
    session.receive({ type: 'editBody', text: '{ "username": "reyes" }', seq: 1 });
    await settled();
    expect(failures).toHaveLength(1);
    expect(last('content')?.content.bodyDraft).toMatchObject({ text: '{ "username": "reyes" }', problem: expect.stringMatching(/was not taken/) as string });
    await session.send();
    expect(sendings).toHaveLength(0);
    session.receive({ type: 'discardDraft' });
    await settled();
    expect(last('content')?.content.bodyDraft).toBeUndefined();
  });

  it('discards what was typed before the discarding, however late it is taken', async () => {
    const { session, state, last } = tab(enroll);
    session.receive({ type: 'ready' });
    session.receive({ type: 'editBody', text: '{ "appKey": "0123abcd" }', seq: 1 });
    session.receive({ type: 'discardDraft' });
    await settled();
    expect(state.text).toBe(enroll);
    expect(last('content')?.content.bodyDraft).toBeUndefined();
  });

  it.each<[string, string, string]>([
    ['four spaces', '    ', '\n'],
    ['tabs, with Windows\'s line ends', '\t', '\r\n'],
    ['no steps at all', '', '\n'],
  ])('leaves the body its own layout when it is edited as JSON: %s', async (_, step, newline) => {
    const lines = (name: string): string => ['{', `${step}"operation": "AddTestingCustomer",`, `${step}"body": {`, `${step}${step}"username": "${name}",`, '', `${step}${step}"phone": "8015550100"`, `${step}}`, '}'].join(newline);
    const { session, state, last } = tab(lines('dana'));
    session.receive({ type: 'ready' });
    const shown = `{\n${step}"username": "dana",\n\n${step}"phone": "8015550100"\n}`;
    expect(last('content')?.content.bodyText).toBe(shown);
    session.receive({ type: 'editBody', text: shown.replace('dana', 'dana-reyes'), seq: 1 });
    await settled();
    expect(state.text).toBe(lines('dana-reyes'));
  });

  it('moves no line of a body that does not keep to its place', async () => {
    const text = '{\n    "operation": "AddTestingCustomer",\n    "body": {\n  "username": "dana" ,\n        "phone": "1"\n}}';
    const { session, state, last } = tab(text);
    session.receive({ type: 'ready' });
    const shown = last('content')?.content.bodyText ?? '';
    expect(shown).toBe('{\n  "username": "dana" ,\n        "phone": "1"\n}');
    session.receive({ type: 'editBody', text: shown.replace('dana', 'eli'), seq: 1 });
    await settled();
    expect(state.text).toBe(text.replace('dana', 'eli'));
  });

  it('gives what was typed and could not be taken to the view that comes after', async () => {
    const { session, last, posted } = tab(enroll);
    session.receive({ type: 'ready' });
    session.receive({ type: 'editBody', text: '{ "username": ', seq: 1 });
    await settled();
    session.hidden();
    posted.length = 0;
    session.receive({ type: 'ready' });
    expect(last('content')?.content.bodyDraft).toMatchObject({ text: '{ "username": ' });
  });

  it('is not sent from outside the view while another body stands there that cannot be taken', async () => {
    const { session, last, sendings } = tab(enroll);
    session.receive({ type: 'ready' });
    session.receive({ type: 'editBody', text: '{ "username": ', seq: 1 });
    await settled();
    session.hidden();
    session.askToSend();
    await settled();
    session.receive({ type: 'ready' });
    expect(sendings).toHaveLength(0);
    expect(last('ended')?.text).toMatch(/^Not sent: the body as typed cannot be taken\. ./);
    session.receive({ type: 'editBody', text: '{ "username": "dana-reyes" }', seq: 2 });
    session.hidden();
    session.askToSend();
    await settled();
    expect(sendings).toMatchObject([{ input: { body: { username: 'dana-reyes' } } }]);
  });

  it('is laid out over lines when its JSON was typed in one', async () => {
    const { session, state } = tab(enroll);
    session.receive({ type: 'ready' });
    session.receive({ type: 'editBody', text: '{"username":"dana-reyes","phone":"8015550100"}', seq: 1 });
    await settled();
    expect(state.text).toContain('  "body": {\n    "username": "dana-reyes",\n    "phone": "8015550100"\n  }');
  });

  it('is shown once for each edit', async () => {
    const { session, posted } = tab(enroll);
    session.receive({ type: 'ready' });
    posted.length = 0;
    session.receive({ type: 'edit', path: ['body', 'username'], value: 'dana-reyes', seq: 1 });
    await settled();
    expect(posted.map(({ type }) => type)).toEqual(['content']);
    expect(posted[0]).toMatchObject({ seq: 1, content: { body: { username: 'dana-reyes' } } });
  });

  it('does not send a file of megabytes to the view at every change', () => {
    const statement = 'A'.repeat(2_000_000);
    const { session, last } = tab(JSON.stringify({ operation: 'StoreCustomerPayStatement', parameters: { customerId: '7' }, body: { label: 'lastPayPeriod', statement } }));
    session.receive({ type: 'ready' });
    expect(last('content')?.content.bodyText).toBeUndefined();
    expect(JSON.stringify(last('content')).length).toBeLessThan(2_000);
    expect((last('content')?.content.body as { statement: string }).statement).toBe(`${longTextMark}2000000`);
    expect(last('content')?.problems).toEqual([]);
  });

  it('tells of an edit that the editor refuses', async () => {
    const { session, failures } = tab(enroll, { change: async () => false });
    session.receive({ type: 'ready' });
    session.receive({ type: 'edit', path: ['body', 'username'], value: 'x', seq: 1 });
    await settled();
    expect(failures).toHaveLength(1);
  });
});

describe('sending', () => {
  it('waits for the person while the guard asks, and counts its time from when it goes out', async () => {
    let now = 1_000;
    const { session, last, sendings, shown } = tab(requestText(operation('GetCustomers')), { now: () => now });
    session.receive({ type: 'ready' });
    session.receive({ type: 'send' });
    await settled();
    expect(last('sending')).toEqual({ type: 'sending', startedAt: 1_000, connection: 'Sandbox' });
    sendings[0]!.asked(true);
    expect(last('sending')).toMatchObject({ asked: true });
    now = 61_000;
    session.receive({ type: 'ready' });
    expect(last('sending')).toMatchObject({ asked: true });
    sendings[0]!.asked(false);
    expect(last('sending')).toEqual({ type: 'sending', startedAt: 61_000, connection: 'Sandbox' });
    sendings[0]!.answer(shown(1));
  });

  it('says when the answer in sight is that of an earlier sending', async () => {
    const { session, last, sendings, shown } = tab(requestText(operation('GetCustomers')));
    const send = async (): Promise<void> => {
      session.receive({ type: 'send' });
      await settled();
    };
    session.receive({ type: 'ready' });
    await send();
    sendings[0]!.answer({ ended: 'Cancelled.' });
    await settled();
    expect(last('ended')).toEqual({ type: 'ended', text: 'Cancelled.' });
    await send();
    sendings[1]!.answer(shown(1));
    await settled();
    session.receive({ type: 'wayOut', id: 'wait' });
    session.receive({ type: 'cancel' });
    expect(last('ended')).toEqual({ type: 'ended', text: 'Not sent again.' });
    await send();
    sendings[2]!.answer({ ended: 'Cancelled.' });
    await settled();
    expect(last('ended')).toEqual({ type: 'ended', text: 'Cancelled.', old: true });
  });

  it('sends what the document says after the edits, and shows the answer', async () => {
    const { session, sendings, last, shown, posted } = tab(enroll);
    session.receive({ type: 'ready' });
    session.receive({ type: 'edit', path: ['body', 'username'], value: 'dana-reyes', seq: 1 });
    session.receive({ type: 'send' });
    await settled();
    expect(sendings).toHaveLength(1);
    expect(sendings[0]).toMatchObject({ connectionId: 'sandbox', input: { body: { username: 'dana-reyes' } }, number: 1, previous: undefined });
    expect(last('sending')).toMatchObject({ connection: 'Sandbox' });
    sendings[0]!.answer(shown(1));
    await settled();
    expect(posted.at(-1)).toMatchObject({ type: 'answer', head: { status: 200 } });
  });

  it('sends once however often it is asked', async () => {
    const { session, sendings } = tab(enroll);
    session.receive({ type: 'ready' });
    for (let n = 0; n < 5; n += 1) session.receive({ type: 'send' });
    await settled();
    expect(sendings).toHaveLength(1);
  });

  it('cancels, and says so', async () => {
    const { session, sendings, posted } = tab(enroll);
    session.receive({ type: 'ready' });
    session.receive({ type: 'send' });
    await settled();
    session.receive({ type: 'cancel' });
    expect(sendings[0]!.signal.aborted).toBe(true);
    sendings[0]!.answer({ ended: 'Cancelled.' });
    await settled();
    expect(posted.at(-1)).toEqual({ type: 'ended', text: 'Cancelled.' });
  });

  it('ends with the tab, whose late answer nobody sees', async () => {
    const { session, sendings, posted, shown } = tab(enroll);
    session.receive({ type: 'ready' });
    session.receive({ type: 'send' });
    await settled();
    session.dispose();
    expect(sendings[0]!.signal.aborted).toBe(true);
    const before = posted.length;
    sendings[0]!.answer(shown(1));
    await settled();
    expect(posted).toHaveLength(before);
  });

  it('shows its state again when the tab comes back from the background', async () => {
    const { session, sendings, posted, shown } = tab(enroll);
    session.receive({ type: 'ready' });
    session.receive({ type: 'send' });
    await settled();
    session.hidden();
    const hidden = posted.length;
    sendings[0]!.answer(shown(1));
    await settled();
    expect(posted).toHaveLength(hidden);
    session.receive({ type: 'ready' });
    expect(posted.at(-1)).toMatchObject({ type: 'answer', head: { number: 1 } });
  });

  it('carries an answer to the page once, not again with whatever is told afterwards', async () => {
    const { session, sendings, posted, shown } = tab(enroll);
    const answers = () => posted.filter(({ type }) => type === 'answer').length;
    session.receive({ type: 'ready' });
    session.receive({ type: 'send' });
    await settled();
    sendings[0]!.answer(shown(1));
    await settled();
    session.receive({ type: 'send' });
    await settled();
    sendings[1]!.answer({ ended: 'Cancelled.' });
    await settled();
    expect(answers()).toBe(1);
    session.receive({ type: 'ready' });
    expect(answers()).toBe(2);
    expect(posted.at(-1)).toEqual({ type: 'ended', text: 'Cancelled.', old: true });
  });

  it('gives the answer before to compare the next with', async () => {
    const { session, sendings, shown, state } = tab(enroll);
    session.receive({ type: 'ready' });
    const first = shown(1);
    session.receive({ type: 'send' });
    await settled();
    sendings[0]!.answer(first);
    await settled();
    session.receive({ type: 'send' });
    await settled();
    expect(sendings[1]).toMatchObject({ number: 2 });
    expect(sendings[1]!.previous).toBe(first);
    sendings[1]!.answer(shown(2));
    await settled();
    session.receive({ type: 'answerAction', action: 'compare' });
    session.receive({ type: 'follow', to: 'tree', name: 'customers.id', value: '7', ids: {} });
    expect(state.acts).toEqual(['2 compare', 'tree customers.id 7']);
  });

  it('takes the ways out of a problem: a command, again at once, again after a time that can be cancelled', async () => {
    const { session, sendings, shown, state, last, posted } = tab(enroll);
    session.receive({ type: 'ready' });
    session.receive({ type: 'send' });
    await settled();
    sendings[0]!.answer(shown(1));
    await settled();
    session.receive({ type: 'wayOut', id: 'create' });
    session.receive({ type: 'wayOut', id: 'nothing of the kind' });
    expect(state.run).toEqual([['openBanking.createConsumer', 1]]);
    session.receive({ type: 'wayOut', id: 'again' });
    await settled();
    expect(sendings).toHaveLength(2);
    sendings[1]!.answer(shown(2));
    await settled();
    vi.useFakeTimers();
    session.receive({ type: 'wayOut', id: 'wait' });
    expect(last('waiting')?.until).toBe(Date.now() + 60_000);
    session.receive({ type: 'cancel' });
    expect(posted.at(-1)).toMatchObject({ type: 'ended' });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(sendings).toHaveLength(2);
    session.receive({ type: 'wayOut', id: 'wait' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sendings).toHaveLength(3);
  });

  it('never sends by itself what was changed while it waited', async () => {
    const { session, sendings, shown, state, posted } = tab(enroll);
    session.receive({ type: 'ready' });
    session.receive({ type: 'send' });
    await settled();
    sendings[0]!.answer(shown(1));
    await settled();
    vi.useFakeTimers();
    session.receive({ type: 'wayOut', id: 'wait' });
    state.text = requestText(operation('DeleteCustomer'), { customerId: '7' });
    session.documentChanged();
    expect(posted.some((message) => message.type === 'ended' && message.text.includes('changed meanwhile'))).toBe(true);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(sendings).toHaveLength(1);
  });

  it('never sends by itself on another connection than before', async () => {
    let active = 'sandbox';
    const { session, sendings, shown } = tab(enroll, {
      connections: () => ({ active, connections: ['sandbox', 'live'].map((id) => ({ id, label: id, environment: id, production: id === 'live', readOnly: false })) }),
    });
    session.receive({ type: 'ready' });
    session.receive({ type: 'send' });
    await settled();
    sendings[0]!.answer(shown(1));
    await settled();
    vi.useFakeTimers();
    session.receive({ type: 'wayOut', id: 'wait' });
    active = 'live';
    session.connectionsChanged();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(sendings).toHaveLength(1);
  });

  it.each<[string, { environment?: string; production?: boolean; readOnly?: boolean; label?: string }, string]>([
    ['led to another host', {}, 'https://other.example'], ['became another environment', { environment: 'custom', production: true }, 'https://api.example'],
    ['became read-only', { readOnly: true }, 'https://api.example'], ['was renamed', { label: 'Other' }, 'https://api.example'],
  ])('never sends by itself on a connection that %s meanwhile, under the same id', async (_what, change, address) => {
    let choice = { id: 'acme', label: 'Acme', environment: 'testDrive', production: false, readOnly: false };
    let leads = 'https://api.example';
    const { session, sendings, shown, posted } = tab(enroll, { connections: () => ({ active: 'acme', connections: [choice] }), addressOf: () => leads });
    session.receive({ type: 'ready' });
    session.receive({ type: 'send' });
    await settled();
    sendings[0]!.answer(shown(1));
    await settled();
    vi.useFakeTimers();
    session.receive({ type: 'wayOut', id: 'wait' });
    session.connectionsChanged();
    expect(posted.some(({ type }) => type === 'ended')).toBe(false);
    choice = { ...choice, ...change };
    leads = address;
    session.connectionsChanged();
    expect(posted.some((message) => message.type === 'ended' && message.text.includes('changed meanwhile'))).toBe(true);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(sendings).toHaveLength(1);
    expect(JSON.stringify(posted)).not.toContain('.example');
  });

  it('asks the view first when Send is pressed outside it', async () => {
    const { session, sendings, posted } = tab(enroll);
    session.receive({ type: 'ready' });
    session.askToSend();
    await settled();
    expect(posted.at(-1)).toEqual({ type: 'sendNow' });
    expect(sendings).toEqual([]);
  });

  it('tells how much of a long answer has arrived', async () => {
    const { session, sendings, last } = tab(enroll);
    session.receive({ type: 'ready' });
    session.receive({ type: 'send' });
    await settled();
    sendings[0]!.received(5_000_000);
    sendings[0]!.received(5_100_000);
    expect(last('received')).toEqual({ type: 'received', bytes: 5_000_000 });
  });

  it('tells of what no answer shows', async () => {
    const { session, sendings, failures, posted } = tab(enroll);
    session.receive({ type: 'ready' });
    session.receive({ type: 'send' });
    await settled();
    sendings[0]!.fail(new Error('the vault is locked'));
    await settled();
    expect(failures).toHaveLength(1);
    expect(posted.at(-1)).toMatchObject({ type: 'ended' });
  });

  it('names a connection that is not there', async () => {
    const { session, sendings, posted } = tab('{ "operation": "GetCustomers", "connection": "gone" }');
    session.receive({ type: 'ready' });
    session.receive({ type: 'send' });
    await settled();
    expect(sendings).toEqual([]);
    expect(posted.at(-1)).toMatchObject({ type: 'ended', text: expect.stringContaining('no connection') as unknown });
  });
});

describe('looking up', () => {
  it('fills the field, and the ids that were learnt on the way', async () => {
    const asked: unknown[] = [];
    const { session, state } = tab(requestText(operation('GetCustomerAccount')), {
      pick: async (wanted) => {
        asked.push({ picker: wanted.spec.picker, known: wanted.known });
        return { value: '8100000011', also: { customerId: '7200000001' } };
      },
    });
    session.receive({ type: 'ready' });
    session.receive({ type: 'pick', path: ['parameters', 'accountId'] });
    await settled();
    expect(asked).toEqual([{ picker: 'account', known: {} }]);
    expect((JSON.parse(state.text) as { parameters: unknown }).parameters).toEqual({ customerId: '7200000001', accountId: '8100000011' });
  });

  it('changes nothing when the person turns away or the field is none', async () => {
    const { session, state, failures } = tab(enroll);
    session.receive({ type: 'ready' });
    session.receive({ type: 'pick', path: ['body', 'username'] });
    session.receive({ type: 'pick', path: ['body', 'no', 'such', 3] });
    await settled();
    expect(state.text).toBe(enroll);
    expect(failures).toEqual([]);
  });
});

describe('messages from the view', () => {
  it.each([
    undefined, null, 'send', {}, { type: 'edit' }, { type: 'edit', path: [], seq: 1 }, { type: 'edit', path: ['operation'], value: 'DeleteCustomer', seq: 1 }, { type: 'edit', path: ['$schema'], value: 'x', seq: 1 },
    { type: 'edit', path: ['body', '__proto__'], value: {}, seq: 1 }, { type: 'edit', path: ['body', -1], seq: 1 }, { type: 'edit', path: ['body', {}], seq: 1 }, { type: 'edit', path: ['body'], seq: -1 }, { type: 'edit', path: ['body'], seq: '1' },
    { type: 'edit', path: Array.from({ length: 100 }, () => 'body'), seq: 1 }, { type: 'editBody', text: 5, seq: 1 }, { type: 'pick', path: 'body' },
    { type: 'wayOut' }, { type: 'wayOut', id: 'x'.repeat(300) }, { type: 'answerAction', action: 'delete' }, { type: 'follow', to: 'web', name: 'id', value: '1', ids: {} }, { type: 'connection' }, { type: 'constructor' },
  ])('that are none are refused: %#', (value) => {
    expect(readRequestMessage(value)).toBeUndefined();
  });

  it('keep nothing but what their type carries', () => {
    expect(readRequestMessage({ type: 'send', connectionId: 'production' })).toEqual({ type: 'send' });
    expect(readRequestMessage({ type: 'edit', path: ['body', 'a', 0], value: null, seq: 3, more: 1 })).toEqual({ type: 'edit', path: ['body', 'a', 0], value: null, seq: 3 });
    expect(readRequestMessage({ type: 'follow', to: 'tree', name: 'id', value: '1', ids: { customerId: '7', bad: 5 } })).toEqual({ type: 'follow', to: 'tree', name: 'id', value: '1', ids: { customerId: '7' } });
  });
});
