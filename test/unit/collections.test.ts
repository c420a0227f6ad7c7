// The workspace's request files: how they are listed, read, searched and told; what is personal in them; where they are saved; and what of
// their problems the editor's list shows.
import { describe, expect, test } from 'vitest';
import { catalogue, operation, type OperationId } from '../../src/api/catalogue.ts';
import { notTold, textProblems, toldOf } from '../../src/commands/operations/problemRules.ts';
import { pathFault, suggestedPath, withSuffix } from '../../src/commands/operations/saveRules.ts';
import { changed, readRequest } from '../../src/requests/document.ts';
import { listed } from '../../src/requests/listed.ts';
import { requestText } from '../../src/requests/newRequest.ts';
import { formOf, specAt } from '../../src/requests/formSpec.ts';
import { namesOf, personalFields, withoutPersonal } from '../../src/requests/personal.ts';
import { Collections, mostFiles, type FoundFile } from '../../src/tree/operations/collections.ts';
import { describeRow } from '../../src/tree/operations/describe.ts';
import { collectionRows, heads, partsOf, requestRows, type OperationRow } from '../../src/tree/operations/rows.ts';
import { longestRequest } from '../../src/webviews/protocol/request.ts';

const get = requestText(operation('GetCustomer'), { customerId: '7' });
const titled = (title: string, id: 'GetCustomer' | 'DeleteCustomer' | 'GetCustomers' = 'GetCustomer'): string => requestText(operation(id)).replace('"operation"', `"title": ${JSON.stringify(title)},\n  "operation"`);

/** A workspace in memory; paths are like `folder/name`. */
function workspace(texts: Record<string, string>) {
  const read: string[] = [];
  // A clock that goes on with every look at it, and how long each turn took.
  let clock = 0;
  let began = 0;
  const turns: number[] = [];
  const state = { texts, read, turns, costMs: 0, fails: new Map<string, string>(), late: undefined as Promise<void> | undefined };
  const collections = new Collections({
    find: async (most) => {
      return Object.keys(state.texts).slice(0, most).map((path): FoundFile => ({ uri: `file:///w/${path}.obreq.json`, folder: path.split('/').slice(0, -1).join('/'), name: path.split('/').at(-1)! }));
    },
    read: async (uri) => {
      const path = uri.slice('file:///w/'.length, -'.obreq.json'.length);
      read.push(path);
      if (state.fails.has(path)) throw new Error(state.fails.get(path));
      const text = state.texts[path];
      await state.late;
      return text;
    },
    pause: async () => {
      turns.push(clock - began);
      began = clock;
    },
    now: () => (clock += state.costMs),
  });
  const folder = async (label: string) => collections.files((await collections.folders()).folders.find((one) => one.label === label)!.files);
  return { ...state, state, collections, folder, uri: (path: string) => `file:///w/${path}.obreq.json` };
}

describe('request files', () => {
  test('stand in their folders in order, and are read when a folder is opened, once', async () => {
    const { collections, folder, read } = workspace({ 'b/two': get, 'b/one 10': get, 'b/one 2': get, a: get, 'a/x': titled('Zuletzt') });
    const { folders, more } = await collections.folders();
    expect(folders.map(({ label, files }) => [label, files.length])).toEqual([['', 1], ['a', 1], ['b', 3]]);
    expect([more, read]).toEqual([false, []]);
    expect((await folder('b')).map(({ name }) => name)).toEqual(['one 2', 'one 10', 'two']);
    await folder('b');
    expect(read.sort()).toEqual(['b/one 10', 'b/one 2', 'b/two']);
  });

  test('a changed one is read anew, a new one is found, one that is gone leaves', async () => {
    const { collections, folder, state, uri } = workspace({ 'r/a': get, 'r/b': get });
    expect((await folder('r')).map(({ entry }) => entry?.operationId)).toEqual(['GetCustomer', 'GetCustomer']);
    state.texts['r/a'] = titled('Other', 'DeleteCustomer');
    expect((await folder('r'))[0]).toMatchObject({ entry: { operationId: 'GetCustomer' } });
    collections.changed(uri('r/a'));
    expect(await folder('r')).toMatchObject([{ name: 'b' }, { title: 'Other', entry: { operationId: 'DeleteCustomer' } }]);
    state.texts['r/c'] = get;
    collections.listChanged();
    expect(await folder('r')).toHaveLength(3);
    const { folders } = await collections.folders();
    delete state.texts['r/b'];
    collections.changed(uri('r/b'));
    expect((await collections.files(folders[0]!.files)).map(({ name }) => name).sort()).toEqual(['a', 'c']);
  });

  test('what was read while it changed does not stay', async () => {
    const { collections, folder, state, uri } = workspace({ 'r/a': get });
    let go = (): void => {};
    state.late = new Promise((resolve) => { go = resolve; });
    const reading = folder('r');
    await new Promise((resolve) => setTimeout(resolve, 0));
    state.texts['r/a'] = titled('New');
    collections.changed(uri('r/a'));
    go();
    await reading;
    expect(await folder('r')).toMatchObject([{ title: 'New' }]);
  });

  test('one that cannot be read stays in the list with the reason', async () => {
    const { folder, state } = workspace({ 'r/a': `${get}// mine`, 'r/b': '{ "version": 9 }', 'r/c': get, 'r/d': '{\n"operation":"Gone"}' });
    state.fails.set('r/c', 'The file cannot be read: no permission.');
    expect((await folder('r')).map(({ problem }) => problem)).toEqual([
      expect.stringMatching(/comment at line 9/), expect.stringMatching(/newer version .*format 9/), 'The file cannot be read: no permission.', expect.stringMatching(/^Line 2: .*no operation "Gone"/),
    ]);
  });

  test('two thousand are listed, more are counted out; others have their turn after every 10 ms of reading', async () => {
    const texts = Object.fromEntries(Array.from({ length: mostFiles + 1 }, (_, at) => [`r/${at}`, get]));
    const { collections, state, turns, folder } = workspace(texts);
    const { folders, more } = await collections.folders();
    expect([more, folders[0]!.files.length]).toEqual([true, mostFiles]);
    state.costMs = 1;
    expect(await folder('r')).toHaveLength(mostFiles);
    expect(turns.length).toBeGreaterThan(mostFiles / 12);
    expect(Math.max(...turns)).toBeLessThanOrEqual(12);
  });

  test('a failed search for files is tried again', async () => {
    let fails = true;
    const collections = new Collections({ find: async () => { if (fails) throw new Error('no'); return []; }, read: async () => '', pause: async () => {}, now: () => 0 });
    await expect(collections.folders()).rejects.toThrow('no');
    fails = false;
    await expect(collections.folders()).resolves.toEqual({ folders: [], more: false });
  });

  test('are searched by title, name, folder and every name of their operation', async () => {
    const { collections } = workspace({ 'billing/a': titled('Monthly look'), 'other/b': titled('', 'DeleteCustomer'), 'other/c': 'broken' });
    const names = async (...words: string[]): Promise<string[]> => (await collections.search(words)).map(({ name }) => name);
    expect(await names('monthly')).toEqual(['a']);
    expect(await names('BILLING', 'look')).toEqual(['a']);
    expect(await names(operation('DeleteCustomer').sdkNames[0]!)).toEqual(['b']);
    expect(await names('other')).toEqual(['b', 'c']);
    expect(await names('nothing')).toEqual([]);
  });
});

describe('a large file', () => {
  const large = (head: string): string => `{ ${head}, "body": { "label": "x", "statement": "${'QUJD'.repeat(60_000)}" } }`;
  test('is listed by its head', () => {
    expect(listed(large('"title": "Stub", "version": 1, "operation": "StoreCustomerPayStatement"'))).toMatchObject({ title: 'Stub', entry: { operationId: 'StoreCustomerPayStatement' } });
    expect(listed(large('"version": 2, "operation": "StoreCustomerPayStatement"')).problem).toMatch(/newer version/);
    expect(listed(large('"parameters": {"customerId": "7"}, "operation": "StoreCustomerPayStatement"'))).toMatchObject({ entry: { operationId: 'StoreCustomerPayStatement' } });
    expect(listed(large('"operation": "Gone"')).problem).toMatch(/no operation/);
    expect(listed(large(`"operation": "StoreCustomerPayStatement", "notes": "${'x'.repeat(longestRequest)}"`)).problem).toMatch(/Too large/);
    expect(listed(large('"body": { "x": [1, {}], "operation": "GetCustomer" }, "accept": null, "title": "Stub", "operation": "StoreCustomerPayStatement"'))).toMatchObject({ title: 'Stub', entry: { operationId: 'StoreCustomerPayStatement' } });
  });

  test.each([
    ['whose operation stands at its end', `{ "body": [${'1,\n'.repeat(3_000_000)}1], "operation": "GetCustomer" }`],
    ['that is no JSON', `{ ${'"a" 1\n'.repeat(1_500_000)} }`],
    ['of nothing but brackets', '['.repeat(10_000_000)],
    ['of one long text', `{ "title": "${'x'.repeat(10_000_000)}", "operation": "GetCustomer" }`],
  ])('%s is not read whole for a list: there may be two thousand of them', (_what, text) => {
    for (let time = 0; time < 100; time += 1) expect(listed(text).problem).toMatch(/near the beginning/);
  });
});

describe('rows', () => {
  const file = (change: object = {}) => ({ uri: 'file:///w/r/a.obreq.json', folder: 'r', name: 'a', entry: operation('DeleteCustomer'), ...change });
  const folders = [{ label: 'r', files: [file()] }, { label: '', files: [file(), file()] }];
  const root = (given: object): OperationRow[] => heads({ catalogue, favourites: ['GetCustomer'], recent: [], search: undefined, ...given });

  test('a head stands between what is one\'s own and the families, and only when there are files', () => {
    expect(root({ collections: { folders, more: false } }).map((row) => describeRow(row).label).slice(0, 3)).toEqual(['Favourites', 'Collections', catalogue[0]!.tag]);
    for (const collections of [undefined, { folders: [], more: false }]) expect(root({ collections }).map(({ kind }) => kind)).not.toContain('collections');
    expect(describeRow(root({ collections: { folders, more: true } })[1]!)).toMatchObject({ description: '3+', spoken: 'Collections, 3 request files' });
  });

  test('folders stand below, open when there is one, and files that are not listed are told', () => {
    const below = (given: object) => collectionRows({ kind: 'collections', path: 'collections', folders, more: false, ...given });
    expect(below({}).map((row) => [describeRow(row).label, describeRow(row).state])).toEqual([['r', 'collapsed'], ['(the folder itself)', 'collapsed']]);
    expect(below({ folders: folders.slice(0, 1) }).map((row) => describeRow(row).state)).toEqual(['expanded']);
    expect(below({ more: true }).map((row) => describeRow(row).label).at(-1)).toBe('Only 3 request files are listed');
  });

  test('a search shows the files that match, and says when nothing does', () => {
    const [head] = root({ search: 'delete', collections: { folders, more: false, found: [file()] } });
    expect(head).toMatchObject({ kind: 'collections' });
    expect(collectionRows(head as Extract<OperationRow, { kind: 'collections' }>).map((row) => describeRow(row).label)).toEqual(['a']);
    expect(root({ search: 'nothing at all', collections: { folders, more: false, found: [] } }).map(({ kind }) => kind)).toEqual(['nothing']);
  });

  test('a folder of very many files has them in parts, which alone are read', () => {
    const many = Array.from({ length: 600 }, (_, at) => file({ uri: `file:///w/r/${at}`, name: `n${at}` }));
    const folder = { kind: 'folder', path: 'collections/r', label: 'r', files: many, alone: true } as const;
    expect(partsOf(folder)!.map((row) => [describeRow(row).label, describeRow(row).description])).toEqual([['n0 … n249', '250'], ['n250 … n499', '250'], ['n500 … n599', '100']]);
    expect(new Set(partsOf(folder)!.map(({ path }) => path)).size).toBe(3);
    expect(partsOf({ ...folder, files: many.slice(0, 250) })).toBeUndefined();
    const found = collectionRows({ kind: 'collections', path: 'collections', folders, more: false, found: many });
    expect([found.length, describeRow(found.at(-1)!).spoken]).toEqual([251, 'Only 250 request files are listed. Another word of the search leaves fewer.']);
  });

  test('a file has its title, its operation and what sets that apart; selecting it opens it and sends nothing', () => {
    const [row] = requestRows([file({ title: 'Clean up', notes: 'Run it last.', connection: 'c1' })]);
    expect(describeRow(row!)).toMatchObject({ label: 'Clean up', description: 'destructive · DeleteCustomer', icon: { id: 'trash' }, contextValue: 'request', command: { id: 'vscode.open' }, spoken: 'Clean up, DeleteCustomer, destructive' });
    for (const part of ['DELETE', 'Run it last', 'r/a', 'c1']) expect(describeRow(row!).tooltip.replaceAll('\\', '')).toContain(part);
    expect(describeRow(requestRows([file({ title: '  ' })])[0]!).label).toBe('a');
  });

  test('a broken one says so in words, beside its sign, and opens all the same', () => {
    const view = describeRow(requestRows([file({ entry: undefined, problem: 'A comment at line 3: JSON has none.' })])[0]!);
    expect(view).toMatchObject({ label: 'a', description: 'cannot be read', icon: { id: 'warning' }, contextValue: 'request;broken', command: { id: 'vscode.open' }, spoken: 'a, cannot be read: A comment at line 3: JSON has none.' });
    expect(view.tooltip).toContain('comment at line 3');
  });

  test('what a file says of itself does nothing but be read', () => {
    const view = describeRow(requestRows([file({ title: '[x](command:y)\u202e', notes: '[x](command:y)', folder: '<b>' })])[0]!);
    expect(`${view.label}${view.tooltip}`).not.toMatch(/\]\(command|\u202e|<b>/);
  });
});

describe('personal data in a request', () => {
  const body = { ssn: '999001234', birthday: { year: 1980, month: 2, dayOfMonth: 3 }, name: 'Dana', zip: '84111', accountNumber: '', realAccountNumberLast4: '1234', applicants: [{ dob: '1980-02-03' }], notes: '999-00-1234', taxIdCountry: 'US' };
  const text = `${JSON.stringify({ operation: 'CreateConsumer', parameters: { customerId: '7' }, body }, null, 2)}\n`;

  test('is named where it has a value', () => {
    expect(namesOf(personalFields(text))).toBe('body.ssn, body.birthday, body.name, body.zip, body.applicants[0].dob, body.notes');
    expect(namesOf(personalFields(text), 2)).toBe('body.ssn, body.birthday and 4 more');
    expect(personalFields(requestText(operation('CreateConsumer')))).toEqual([]);
    expect(personalFields('{ // broken')).toEqual([]);
  });

  test('is found in a body that is no JSON yet, which is emptied as a whole', () => {
    for (const bodyDraft of ['{ "ssn": "999001234",', '{ "firstName": "Dana"', 'an ssn: 999-00-1234 !', '{ "birthday": { "year": 1980, ']) {
      const request = JSON.stringify({ operation: 'CreateConsumer', parameters: { customerId: '7' }, bodyDraft });
      expect(namesOf(personalFields(request)), bodyDraft).toBe('bodyDraft');
      expect(JSON.parse(withoutPersonal(request))).toEqual({ operation: 'CreateConsumer', parameters: { customerId: '7' }, bodyDraft: '' });
    }
    expect(personalFields(JSON.stringify({ operation: 'CreateConsumer', bodyDraft: '{ "ssn": "", 1234-56-789' }))).toEqual([]);
    expect(namesOf(personalFields(JSON.stringify({ operation: 'CreateConsumer', bodyDraft: '['.repeat(50_000) })))).toBe('bodyDraft');
  });

  test('is taken out and nothing else', () => {
    const clean = withoutPersonal(text);
    expect(personalFields(clean)).toEqual([]);
    expect(JSON.parse(clean).body).toEqual({ ...body, ssn: '', birthday: { year: null, month: null, dayOfMonth: null }, name: '', zip: '', applicants: [{ dob: '' }], notes: '' });
    expect(clean.split('\n')).toHaveLength(text.split('\n').length);
  });

  test.each(['ssn', 'consumerSsn', 'socialSecurityNumber', 'taxId', 'tax_id', 'dob', 'birthday', 'dateOfBirth', 'accountNumber', 'account_number', 'realAccountNumber', 'cardNumber', 'passportNumber', 'driversLicense', 'password', 'reportPin', 'ein', 'itin'])('%s is', (name) => {
    expect(personalFields(JSON.stringify({ body: { [name]: '1' } }))).toHaveLength(1);
  });
  test('is what a bank\'s sign-in form, its questions and a card take too, in the form as in the file', () => {
    const masked = (id: OperationId, ...path: (string | number)[]) => specAt(formOf(operation(id)), ['body', ...path])?.personal === true;
    const credentials = catalogue.filter(({ operationId }) => specAt(formOf(operation(operationId)), ['body', 'credentials', 0, 'value']));
    expect(credentials.map(({ operationId }) => operationId)).toContain('AddAllAccounts');
    for (const { operationId } of credentials) expect([masked(operationId, 'credentials', 0, 'value'), masked(operationId, 'credentials', 0, 'name')]).toEqual([true, false]);
    expect(masked('AddAllAccountsMfa', 'mfaChallenges', 'questions', 0, 'answer')).toBe(true);
    expect(masked('AddAllAccountsMfa', 'mfaChallenges', 'questions', 0, 'choices', 0, 'value')).toBe(false);
    expect([masked('CreateConsumer', 'birthday', 'year'), masked('CreateConsumer', 'ssn'), masked('GenerateTransferBillPaySwitchUrl', 'cards', 0, 'number')]).toEqual([true, true, true]);
    const sent = { credentials: [{ id: '1', name: 'Banking Password', value: 'profile_02' }], mfaChallenges: { questions: [{ text: 'Pet?', answer: 'Rex' }] }, signingKey: 'k', signing_key: 'k', businessName: 'Ridge' };
    expect(namesOf(personalFields(JSON.stringify({ body: sent })))).toBe('body.credentials[0].value, body.mfaChallenges.questions[0].answer, body.signingKey, body.signing_key');
  });

  const named = (id: OperationId, body: unknown, parameters = {}): string[] => personalFields(JSON.stringify({ operation: id, parameters, body })).map(({ name }) => name);
  test('is also who somebody is and where to find them, for saving, where the operation is about people', () => {
    const dana = { firstName: 'Dana', lastName: 'Reyes', address: '1 Main St', city: 'Murray', state: 'UT', zip: '84111', phone: '8015550100', email: 'dana@example.org' };
    const all = Object.keys(dana).map((name) => `body.${name}`);
    expect(named('CreateConsumer', { ...dana, suffix: '', endUser: { name: 'Acme Lending', address: '2 Main St' } })).toEqual(all);
    expect(named('AddCustomer', { username: 'customer1', ...dana })).toEqual(all);
    expect(named('GetCustomers', undefined, { search: 'Reyes', limit: 5 })).toEqual(['parameters.search']);
    expect(named('AccountMatchingScoreDetails', { name: { firstName: 'Dana' }, address: { streetLine1: '1 Main St', postalCode: 84111, country: 'US' }, ownerName: 'Dana Reyes' })).toEqual(['body.name.firstName', 'body.address.streetLine1', 'body.address.postalCode', 'body.ownerName']);
    expect(named('SendConnectEmail', { email: { to: 'dana@example.org', subject: 'Hello', institutionName: 'FinBank', supportPhone: '8015550111' } })).toEqual(['body.email.to']);
    // Firms, apps, made-up customers and the fields of a bank's form are no people.
    expect(named('AddBusinessDetails', { name: 'Ridge Tires', address: { city: 'Murray' } })).toEqual([]);
    expect(named('AddTestingCustomer', { username: 'customer1', ...dana })).toEqual([]);
    expect(named('createWebhookSubscription', { events: [{ name: 'report.done' }] })).toEqual([]);
    expect(named('AddAllAccounts', { credentials: [{ id: '1', name: 'Banking Password', value: 'profile_02' }] })).toEqual(['body.credentials[0].value']);
    expect(specAt(formOf(operation('CreateConsumer')), ['body', 'firstName'])?.personal).toBeUndefined();
  });

  test('is looked for once a name: deep texts and very many fields take no time after every save', () => {
    const deep = (inner: string): string => `{"operation":"GenerateVOAReport","body":${'{"abcdefghijkl":'.repeat(190)}${inner}${'}'.repeat(190)}}`;
    expect(personalFields(deep(`[${'1,'.repeat(200_000)}1]`))).toEqual([]);
    const many = deep(`[${'{"ssn":"999601111"},'.repeat(100_000)}{"ssn":""}]`);
    expect(personalFields(many)).toHaveLength(100_000);
    expect(withoutPersonal(many)).toBe(many.replaceAll('999601111', ''));
  });

  test.each(['accountId', 'businessName', 'routingNumber', 'customerId', 'shipping', 'session', 'beings', 'taxPayments', 'routing', 'accountNumberEndsWith', 'pinned', 'stein', 'mapping', 'isSsnVerified'.slice(0, 2)])('%s is not', (name) => {
    expect(personalFields(JSON.stringify({ body: { [name]: '1' } }))).toEqual([]);
  });
});

describe('saving', () => {
  test('goes where the other requests are, else to requests/, under a free name', () => {
    expect(suggestedPath('GetCustomer', [])).toBe('requests/GetCustomer.obreq.json');
    expect(suggestedPath('GetCustomer', [], 'app')).toBe('app/requests/GetCustomer.obreq.json');
    expect(suggestedPath('GetCustomer', ['api/a.obreq.json', 'api/b.obreq.json', 'x/GetCustomer.obreq.json'])).toBe('api/GetCustomer.obreq.json');
    expect(suggestedPath('GetCustomer', ['api/GetCustomer.obreq.json', 'api/GetCustomer-2.obreq.json'])).toBe('api/GetCustomer-3.obreq.json');
    expect(suggestedPath('GetCustomer', ['a.obreq.json'])).toBe('GetCustomer.obreq.json');
  });

  test.each([['r/a', 'r/a.obreq.json'], ['r/a.json', 'r/a.obreq.json'], ['r/a.obreq', 'r/a.obreq.json'], ['r/a.obreq.json', 'r/a.obreq.json'], ['r/a.b', 'r/a.b.obreq.json']])('%s is saved as %s', (typed, saved) => {
    expect(withSuffix(typed)).toBe(saved);
  });

  test.each(['', 'a/', '/etc/x', '../x', 'a/../../x', 'a//b', 'C:\\x', 'a\\b', 'a?', 'a|b', './x', ' /x', 'a./b', 'a\u0000'])('%j is no place', (typed) => {
    expect(pathFault(typed, ['w'])).toMatch(/\.$/);
  });
  test('of several folders one is named', () => {
    expect(pathFault('requests/x', ['a', 'b'])).toMatch(/Begin with a folder of the workspace: a, b/);
    expect(pathFault('a/x', ['a', 'b'])).toBeUndefined();
    expect(pathFault('requests/x y.json', ['w'])).toBeUndefined();
  });
});

describe('problems in the text', () => {
  const marks = (text: string): [string, string][] => textProblems(text).map(({ offset, length, message }) => [text.slice(offset, offset + length), message]);

  test('of the document come first, and do not hide those of the values', () => {
    expect(marks(`{ "operation": "GetCustomer", "parameters": { "customerID": 1 } }`)).toEqual([
      ['"customerID"', expect.stringMatching(/no parameter/)], ['"parameters"', '"customerId": Needed: it is part of the address.'],
    ]);
    const both = '{ "operation": "AddTestingCustomer", "parameters": { "type": "testing" }, "body": { "username": "abc" } }';
    expect(marks(both)).toEqual([['"type"', expect.stringMatching(/no parameter/)], ['"abc"', 'Too short: 3 characters, 6 at least.']]);
    expect(marks('{ "operation": "GetCustomer", "parameters": 5 }')).toHaveLength(1);
    expect(readRequest(both).request).toBeUndefined();
  });

  test('of the values stand at the value, at the name of a group, and where something is missing at what holds it', () => {
    const text = `{ "operation": "GenerateVOAReport", "parameters": { "customerId": "7" }, "body": { "accountIds": 5, "reportCustomFields": [ { "label": 1 } ] } }`;
    const found = marks(text);
    expect(found.length).toBeGreaterThan(0);
    for (const [mark] of found) expect(mark.length).toBeLessThan(30);
    expect(marks('{ "operation": "GetCustomer", "parameters": {} }')).toEqual([['"parameters"', '"customerId": Needed: it is part of the address.']]);
    expect(marks('{ "operation": "GetCustomer" }')).toEqual([['{', expect.stringMatching(/^"parameters.customerId": Needed/)]]);
    expect(marks('{ "operation": "GetCustomer", "parameters": { "customerId": "" } }')).toEqual([['""', 'Needed: it is part of the address.']]);
  });

  test('a body that was typed and cannot be taken is one, wherever it breaks', () => {
    expect(marks('{ "operation": "AddTestingCustomer", "body": { "username": "dana-reyes" }, "bodyDraft": "{ \\"username\\": }" }'))
      .toEqual([['"{ \\"username\\": }"', expect.stringMatching(/^"bodyDraft" cannot be taken as the body yet, and keeps the request from being sent: A value is missing at column 15\. Mend it/)]]);
    expect(marks('{ "operation": "AddTestingCustomer", "body": { "username": "dana-reyes" }, "bodyDraft": "{}" }')).toEqual([['"{}"', expect.stringMatching(/stands beside the body/)]]);
  });

  test('a good request has none', () => {
    expect(textProblems(get)).toEqual([]);
  });

  test('of a new request in whose form nobody has typed leave out what is merely missing', () => {
    const empty = textProblems('{ "operation": "GetAllCustomerTransactions", "parameters": { "customerId": "", "fromDate": 5, "toDate": 1 } }');
    expect(toldOf(empty, false)).toEqual(empty);
    expect(toldOf(empty, true).map(({ message }) => message)).toEqual(['Lies before fromDate.']);
    expect(empty).toHaveLength(2);
  });

  test('what is marked by somebody else already is left out', () => {
    const ours = [{ offset: 10, length: 5 }, { offset: 30, length: 1 }];
    expect(notTold(ours, [])).toEqual(ours);
    expect(notTold(ours, [{ offset: 12, length: 1 }])).toEqual([ours[1]]);
    expect(notTold(ours, [{ offset: 0, length: 100 }])).toEqual([]);
    expect(notTold(ours, [{ offset: 16, length: 10 }])).toEqual(ours);
  });
});

test('the order of edits does not matter', () => {
  expect(changed('abc', [{ offset: 0, length: 1, content: 'x' }, { offset: 2, length: 1, content: 'yy' }])).toBe('xbyy');
  expect(readRequest(get).request?.input).toEqual({ customerId: '7' });
});
