// Presentation mode where things are shown: the tree's rows, documents, the request editor, PDFs, lists to pick from, what commands ask.
import { expect, test, vi } from 'vitest';
import { presentedSteps } from '../../src/commands/presenting.ts';
import { operation } from '../../src/api/catalogue.ts';
import type { Client } from '../../src/client/types.ts';
import { DocumentLibrary } from '../../src/documents/library.ts';
import { createAsking, type Wanted } from '../../src/guard/asking.ts';
import { HeldPeace } from '../../src/guard/heldPeace.ts';
import { decide } from '../../src/guard/policy.ts';
import { createMasker } from '../../src/masking/masker.ts';
import { createPresentation } from '../../src/platform/presentation.ts';
import { maskedReads } from '../../src/requests/maskedReads.ts';
import { describeNode } from '../../src/tree/describe.ts';
import type { ExplorerNode } from '../../src/tree/nodes.ts';
import type { NodeView } from '../../src/tree/view.ts';
import { customerName } from '../../src/tree/words.ts';
import { maskedMessage, unmaskedWords } from '../../src/webviews/host/maskedRequest.ts';
import { RequestPosts } from '../../src/webviews/host/requestPosts.ts';
import { PdfCover } from '../../src/webviews/host/pdfCover.ts';
import type { AnswerHead } from '../../src/webviews/protocol/answer.ts';
import type { PdfMessage } from '../../src/webviews/protocol/pdf.ts';
import type { FieldSpec, RequestMessage } from '../../src/webviews/protocol/request.ts';

const kept = (): { get(key: string): unknown; update(key: string, value: unknown): Promise<void>; values: Map<string, unknown> } => {
  const values = new Map<string, unknown>();
  return { values, get: (key) => values.get(key), update: async (key, value) => void values.set(key, value) };
};
const presenting = async () => {
  const presentation = createPresentation({ state: kept() });
  await presentation.set(true);
  return presentation;
};
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

test('it outlives a reload of the window, tells who listens at once, and files are not written meanwhile', async () => {
  const state = kept();
  const first = createPresentation({ state });
  expect(first.on).toBe(false);
  expect(first.unlessOn(() => 'saved')).toBe('saved');
  const seen: boolean[] = [];
  const listening = first.onDidChange(() => seen.push(first.on));
  await first.set(true);
  await first.set(true);
  expect(seen).toEqual([true]);
  const reloaded = createPresentation({ state });
  expect(reloaded.on).toBe(true);
  expect(() => reloaded.unlessOn(() => 'saved')).toThrow('presentation mode is on');
  listening.dispose();
  await first.set(false);
  expect([seen, createPresentation({ state }).on]).toEqual([[true], false]);
});

test('what began to be saved before it was turned on is refused when it comes to writing', async () => {
  const presentation = createPresentation({ state: kept() });
  const saving = presentation.unlessOn(async (still) => {
    still();
    await presentation.set(true);
    still();
    return 'saved';
  });
  await expect(saving).rejects.toThrow('presentation mode is on');
});

const at = { path: 'c/x', connectionId: 'c' };
const person = { id: '7200000001', username: 'noor-haddad-01', firstName: 'Noor', lastName: 'Haddad', type: 'testing', email: 'noor@example.com', phone: '8015550134', city: 'Tooele', state: 'UT' };
const state = { code: 0, level: 'ok' as const, meaning: 'Fine.', fix: '' };
const all = ({ label, description, tooltip, spoken }: NodeView): string => [label, description, tooltip, spoken].join('\n');
const canaries = /noor|haddad|801555|tooele|2055|kettle|99-?911/i;

test.each<[string, ExplorerNode, Partial<NodeView>]>([
  ['a customer', { ...at, kind: 'customer', customerId: '7200000001', data: person }, { label: '7200000001', contextValue: 'customer;testing' }],
  ['a consumer', { ...at, kind: 'consumerRecord', customerId: '7', recordId: 'c0ffee', data: { ...person, ssn: '2055' } }, { label: 'c0ffee', contextValue: 'consumerRecord' }],
  ['a business', { ...at, kind: 'businessRecord', customerId: '7', recordId: '73', data: { name: 'Copper Kettle', type: 'LLC' } }, { contextValue: 'businessRecord' }],
  ['an account', { ...at, kind: 'account', customerId: '7', accountId: '81', state, data: { name: 'Noor Haddad Checking 2055123', type: 'checking', number: 'XXXX2055', accountNumberDisplay: '2055', realAccountNumberLast4: '2055', accountNickname: 'Noor\'s', balance: 12, currency: 'USD' } }, { description: '$12.00 · Checking' }],
  ['an account\'s branch', { ...at, kind: 'accountStatements', customerId: '7', accountId: '81', title: 'Noor\'s', data: { accountNickname: 'Noor\'s', name: 'Savings', type: 'savings', number: '2055' } }, { label: 'Savings' }],
  ['a search', { ...at, kind: 'customers', search: 'Haddad' }, { description: '"••••"' }],
  ['a micro-deposit', { ...at, kind: 'microDeposit', customerId: '7', depositAccountId: '9', data: { status: 'Pending', accountNumberLast4: '2055' } }, { label: 'Account ··••••' }],
  ['a consent', { ...at, kind: 'consentInstitution', customerId: '7', consentReceiptId: 'r', institutionLoginId: '5', data: { institutionName: 'FinBank', accounts: [{ name: 'Noor Haddad Savings', realAccountNumberLast4: '2055' }], statusDetails: { status: 'ACTIVE' } } }, { label: 'FinBank' }],
  ['a failure', { ...at, kind: 'failed', of: 'c', next: 'all', text: 'No customer noor@example.com', detail: 'SSN 999-11-1111', code: '14001' }, { label: 'No customer ••••', description: 'code 14001' }],
])('the row of %s names nobody, and says what menus and screen readers need', (_what, node, expected) => {
  const masker = createMasker();
  masker.data(person);
  const plain = describeNode(node, { now: 0, locale: 'en-US' });
  expect(all(plain)).toMatch(canaries);
  const masked = describeNode(node, { now: 0, locale: 'en-US', masker });
  expect(all(masked)).not.toMatch(canaries);
  expect(masked).toMatchObject(expected);
});

test('institutions keep their names and places', () => {
  const node: ExplorerNode = { ...at, kind: 'institution', institutionId: '5', data: { name: 'FinBank', phone: '800-555-0100', address: { city: 'Denver', state: 'CO', country: 'USA' } } };
  expect(all(describeNode(node, { now: 0, locale: 'en-US', masker: createMasker() }))).toBe(all(describeNode(node, { now: 0, locale: 'en-US' })));
});

test('documents are served masked, told of when it is turned on and off, and not asked of the API again', async () => {
  const presentation = createPresentation({ state: kept(), now: () => 5_000 });
  const asked: string[] = [];
  const changed: string[] = [];
  let now = 1_000;
  const client = { send: async (operationId: string, _input: unknown, { accept }: { accept?: string }) => {
    asked.push(operationId);
    return { status: 200, headers: {}, contentType: '', body: accept === 'application/pdf' ? new Uint8Array([37, 80]) : { ...person, name: 'Copper Kettle' }, size: 10, durationMs: 1 };
  } } as unknown as Client;
  const library = new DocumentLibrary({
    sessions: { open: async () => ({ client }) } as never, purposes: { known: () => undefined, reading: (_id: string, input: never, read: (input: never) => Promise<never>) => read(input) } as never,
    follow: () => ({ dispose() {} }), onChanged: ({ path }) => changed.push(path), presentation, now: () => now,
  });
  presentation.onDidChange(() => library.presentationChanged());
  const json = { connectionId: 'c', path: '/customers/7/business.json', query: '' };
  const pdf = { connectionId: 'c', path: '/customers/7/reports/r-voi.pdf', query: '' };
  const watching = library.watch(json);
  const before = { text: text(await library.read(json)), stat: await library.stat(json) };
  await library.read(pdf);
  expect(before.text).toContain('Copper Kettle');
  now += 60_000; // long after what was read is fresh
  await presentation.set(true);
  expect(changed).toEqual([json.path]);
  const masked = await library.stat(json);
  const bytes = await library.read(json);
  expect(JSON.parse(text(bytes))).toMatchObject({ id: '7200000001', name: '••••••••', firstName: '••••', email: '••••••••' });
  expect(text(bytes)).not.toMatch(canaries);
  expect(masked).toMatchObject({ size: bytes.byteLength });
  expect(masked.mtime).toBeGreaterThan(before.stat.mtime);
  expect(asked).toEqual(['GetBusinessByCustomer', 'GetReportByCustomer']);
  await presentation.set(false);
  expect(text(await library.read(json))).toBe(before.text);
  expect((await library.stat(json)).mtime).toBeGreaterThan(masked.mtime);
  expect([changed, asked.length]).toEqual([[json.path, json.path], 2]);
  watching.dispose();
});

test('lists to pick from are masked, and what is picked is true', async () => {
  const client = {
    call: async () => ({ accounts: [{ id: '8100000011', number: 'XXXX2055', name: 'Savings' }] }),
    async *pages() { yield { items: [person], more: false, found: 1, body: {} }; },
  } as unknown as Client;
  const reads = maskedReads(client, createMasker());
  expect(await reads.call('GetCustomerAccounts', { customerId: '7' })).toEqual({ accounts: [{ id: '8100000011', number: '••••••••', name: 'Savings' }] });
  for await (const { items: [one] } of reads.pages<Record<string, unknown>>('GetCustomers', {})) {
    expect(JSON.stringify(one)).not.toMatch(canaries);
    expect(customerName(one!, String(one!.id))).toBe('7200000001');
  }
});

test('what is deleted in production is confirmed by typing the id, and the username is not even read', async () => {
  const connection = { id: 'p', label: 'Main', environment: 'production' as const, baseUrl: 'https://api.example.test', readOnly: false, store: 'vscode' as const, createdAt: 1 };
  const entry = operation('DeleteCustomer');
  const question = decide(entry, { environment: 'production', readOnly: false, origin: 'form', input: {} });
  if (question.kind !== 'ask') throw new Error('not asked about');
  const typed: Wanted[] = [];
  const ask = createAsking({
    show: { type: async (_shown, wanted) => { typed.push(wanted); return true; }, confirm: () => expect.fail('confirm'), purpose: () => expect.fail('purpose') },
    turn: (asking) => asking(), peace: new HeldPeace(), holdMinutes: () => 15, namesHidden: () => true, purposes: { known: () => undefined, remember() {} }, log() {},
  });
  expect(await ask({ question, operation: entry, connection, targets: [], confirmed: false, customerId: '7001', username: () => expect.fail('the username was read'), changed: () => undefined })).toEqual({ yes: true });
  expect(typed).toEqual([{ what: 'customer id', text: '7001' }]);
});

test('a person\'s data is typed like a password, and prefilled only as one', () => {
  const steps = [{ key: 'firstName', prompt: 'First name', value: 'Noor' }, { key: 'ssn', prompt: 'SSN', password: true }, { key: 'birthday', prompt: 'Birthday' }, { key: 'index', prompt: 'Which' }];
  expect(presentedSteps(steps, { on: true, masker: createMasker() }).map(({ password }) => password ?? false)).toEqual([true, true, true, false]);
  expect(presentedSteps(steps, { on: false, masker: createMasker() })).toEqual(steps);
});

const field = (name: string, more: Partial<FieldSpec> = {}): FieldSpec => ({ name, label: name, kind: 'text', required: false, ...more });
const head = (form: AnswerHead['form']): AnswerHead => ({ number: 1, status: 200, statusText: 'OK', ok: true, durationMs: 1, size: 1, contentType: '', form, headers: [], receivedAt: 0, connection: 'Sandbox', comparable: false });
const encode = (value: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(value);

test('a request\'s form hides what is personal, in groups and lists too', async () => {
  const body = field('', { kind: 'group', fields: [
    field('name'), field('birthday', { kind: 'group', fields: [field('year', { kind: 'integer' })] }), field('emails', { kind: 'list', item: field('') }), field('accountIds'), field('businessId'),
  ] });
  const form = { operationId: 'AddBusinessDetails', summary: '', method: 'POST', path: '', badges: [], sdkNames: [], accepts: [], parameters: [{ ...field('customerId'), place: 'path' as const }, { ...field('search'), place: 'query' as const }], body };
  const masked = await maskedMessage({ type: 'form', form, locale: 'en-US' }, form.operationId, createMasker()) as Extract<RequestMessage, { type: 'form' }>;
  const hidden = (specs: readonly FieldSpec[] = []): string[] => specs.flatMap((spec) => [...(spec.personal ? [spec.name] : []), ...hidden(spec.fields), ...hidden(spec.item && [spec.item])]);
  expect([hidden(masked.form.parameters), hidden([masked.form.body!])]).toEqual([['search'], ['name', 'year', 'emails', '']]);
});

test('a request\'s body as JSON is shown when it names nobody, and withheld when it does', async () => {
  const content = (bodyText: string) => maskedMessage({ type: 'content', content: { parameters: {}, bodyText, title: 'For noor@example.com' }, problems: [{ path: ['body'], message: 'noor@example.com is none', severity: 'error' }], seq: 1 }, 'AddCustomer', createMasker());
  expect(await content('{"fromDate": 1}')).toMatchObject({ content: { bodyText: '{"fromDate": 1}', title: 'For ••••' }, problems: [{ message: '•••• is none' }] });
  const hidden = await content('{"firstName": "Noor"}');
  expect(hidden).toMatchObject({ content: { bodyHidden: true } });
  expect(JSON.stringify(hidden)).not.toMatch(canaries);
  const typed = await maskedMessage({ type: 'content', content: { parameters: {}, bodyDraft: { text: '{"firstName": "Noor", "email": "noor@example.com"', problem: 'noor@example.com ends', offset: 3 } }, problems: [], seq: 1 }, 'AddCustomer', createMasker());
  expect(typed).toMatchObject({ content: { bodyDraft: { problem: '•••• ends', offset: 3 } } });
  expect(JSON.stringify(typed)).not.toMatch(canaries);
});

test('an answer comes masked as JSON and as text; what cannot be masked does not come', async () => {
  const masker = createMasker();
  const answer = async (form: AnswerHead['form'], bytes: string) => await maskedMessage({ type: 'answer', head: head(form), bytes: encode(bytes) }, 'GetCustomer', masker) as Extract<RequestMessage, { type: 'answer' }>;
  expect(JSON.parse(text((await answer('json', JSON.stringify(person))).bytes!))).toMatchObject({ id: '7200000001', lastName: '••••••••' });
  expect(text((await answer('text', 'no noor@example.com')).bytes!)).toBe('no ••••');
  for (const form of ['xml', 'pdf', 'image', 'binary'] as const) {
    const { head: shown, bytes } = await answer(form, '<firstName>Noor</firstName>');
    expect([shown.form, text(bytes!)]).toEqual(['text', unmaskedWords]);
  }
  expect(await maskedMessage({ type: 'answer', head: head('none') }, 'GetCustomer', masker)).toEqual({ type: 'answer', head: head('none') });
});

test('messages reach a request\'s view in their order while a large answer is masked, and not one that was for another view or mode', async () => {
  const presentation = await presenting();
  const posted: RequestMessage[] = [];
  const failures: unknown[] = [];
  const posts = new RequestPosts({ presentation, post: (message) => posted.push(message), failed: (error) => failures.push(error) });
  const large: RequestMessage = { type: 'answer', head: head('json'), bytes: encode(JSON.stringify(Array.from({ length: 20_000 }, () => person))) };
  const types = () => posted.map(({ type }) => type);
  posts.post(large);
  posts.post({ type: 'ended', text: 'noor@example.com' });
  await vi.waitFor(() => expect(types()).toEqual(['answer', 'ended']), { timeout: 5_000 });
  expect(text((posted[0] as Extract<RequestMessage, { type: 'answer' }>).bytes!)).not.toMatch(canaries);
  expect(posted[1]).toEqual({ type: 'ended', text: '••••' });

  posted.length = 0;
  posts.post(large);
  posts.left();
  posts.post({ type: 'sendNow' });
  await vi.waitFor(() => expect(types()).toEqual(['sendNow']), { timeout: 5_000 });
  posts.post(large);
  await presentation.set(false);
  posts.post({ type: 'sendNow' });
  await presentation.set(true);
  posts.post({ type: 'ended', text: '' });
  await vi.waitFor(() => expect(types()).toEqual(['sendNow', 'sendNow', 'ended']), { timeout: 5_000 });
  expect(failures).toEqual([]);
});

test('a PDF is covered until it is asked for, and again when the mode is turned on again', async () => {
  const presentation = await presenting();
  const shown: PdfMessage['type'][] = [];
  const session = vi.fn<(message: unknown) => void>();
  const cover = new PdfCover({ presentation, mayBeShown: false, post: ({ type }) => shown.push(type), receive: session });
  cover.receive({ type: 'ready' });
  cover.receive({ type: 'range', document: 1, begin: 0, end: 10 });
  cover.post({ type: 'loading' });
  cover.post({ type: 'pdf', document: 1, length: 1, head: new Uint8Array(1), tail: new Uint8Array() });
  expect([shown, session.mock.calls]).toEqual([['covered'], []]);
  cover.receive({ type: 'uncover' });
  cover.post({ type: 'loading' });
  expect([shown, session.mock.calls]).toEqual([['covered', 'loading'], [[{ type: 'ready' }]]]);
  await presentation.set(false);
  await presentation.set(true);
  expect([shown.at(-1), session.mock.calls.length]).toEqual(['covered', 2]);
  cover.dispose();
});

test('a file of the person\'s own is none of the explorer\'s', async () => {
  const presentation = await presenting();
  const session = vi.fn<(message: unknown) => void>();
  const cover = new PdfCover({ presentation, mayBeShown: true, post: () => expect.fail('covered'), receive: session });
  cover.receive({ type: 'ready' });
  expect(session).toHaveBeenCalledOnce();
});
