// The form of every operation out of the description, and the check of what is entered into it.
import { describe, expect, it } from 'vitest';
import { catalogue, operation, type OperationId } from '../../src/api/catalogue.ts';
import { requestDocumentSchema } from '../../src/api/schemas.ts';
import { knownPurposes } from '../../src/documents/purposes.ts';
import { indented, laidOut, outdented } from '../../src/requests/bodyText.ts';
import { checkRequest } from '../../src/requests/check.ts';
import { fromVault, parseRequest } from '../../src/requests/document.ts';
import { digitsProblem, hiddenProblem } from '../../src/requests/formats.ts';
import { formOf, labelOf, specAt } from '../../src/requests/formSpec.ts';
import { requestText } from '../../src/requests/newRequest.ts';
import { textSchema } from '../../src/requests/textSchema.ts';
import { kindAskedFor } from '../../src/sandbox/reports/kinds.ts';
import { momentsOf, valueOf } from '../../src/webviews/ui/fieldValues.ts';
import type { FieldSpec } from '../../src/webviews/protocol/request.ts';

const form = (id: OperationId) => formOf(operation(id));
const every = (spec: FieldSpec): FieldSpec[] => [spec, ...(spec.fields ?? []).flatMap(every), ...(spec.item ? every(spec.item) : [])];
const problems = (id: OperationId, parameters: Record<string, unknown>, body?: unknown) => checkRequest(operation(id), { parameters, body }).map(({ path, message, severity }) => `${path.join('.')} ${severity}: ${message}`);

const tooLong = 'error: Too large to be kept exactly: digits would get lost. Enter a number of 15 digits at most.';

describe('the form of an operation', () => {
  // Source: the description of each report; the sandbox keeps to the same.
  it('offers no start of a report further back than the report reaches', () => {
    const reaches = Object.fromEntries(catalogue.filter(({ report }) => report !== undefined).flatMap(({ operationId }) => {
      const spec = specAt(form(operationId as OperationId), ['body', 'fromDate']);
      return spec ? [[operationId, Math.max(...momentsOf(spec).map(({ months = 0 }) => months))]] : [];
    }));
    expect(Object.keys(reaches).filter((id) => reaches[id] === 12).sort()).toEqual(['GeneratePrequalificationCRAReport', 'GeneratePrequalificationNonCRAReport', 'GenerateVOAReport']);
    for (const [id, months] of Object.entries(reaches)) expect(months * 30.4, id).toBeLessThanOrEqual(kindAskedFor(id, { body: {}, path: {} })?.maxDays ?? 730);
  });

  it('is there for each of them, with a label and a way to be entered for every field', () => {
    for (const entry of catalogue) {
      const { parameters, body } = formOf(entry);
      expect(parameters.map(({ name }) => name).sort(), entry.operationId).toEqual(entry.parameters.map(({ name }) => name).sort());
      expect(body !== undefined, entry.operationId).toBe(entry.requestBody !== undefined && !fromVault.has(entry.operationId));
      for (const spec of [...parameters, ...(body ? every(body) : [])]) {
        if (spec.name !== '') expect(spec.label, `${entry.operationId} ${spec.name}`).toMatch(/^[A-Z]/);
        if (spec.kind === 'choice') expect(spec.choices?.length, `${entry.operationId} ${spec.name}`).toBeGreaterThan(0);
        if (spec.kind === 'group') expect(spec.fields?.length, `${entry.operationId} ${spec.name}`).toBeGreaterThan(0);
        expect(spec.kind === 'json' && spec.fields !== undefined).toBe(false);
      }
    }
  });

  it('explains every field of every body', () => {
    const mute = catalogue.flatMap((entry) => { const { body, operationId } = formOf(entry); return body ? every(body).filter(({ name, help }) => name !== '' && !help).map(({ name }) => `${operationId} ${name}`) : []; });
    expect(mute).toEqual([]);
  });

  it('knows dates, closed and open vocabularies, groups, lists and what is required', () => {
    const voa = form('GenerateVOAReport');
    expect(specAt(voa, ['body', 'fromDate'])).toMatchObject({ kind: 'epochSeconds', required: false, label: 'From date' });
    expect(specAt(voa, ['parameters', 'customerId'])).toMatchObject({ kind: 'text', required: true, picker: 'customer' });
    expect(specAt(voa, ['body', 'reportCustomFields', 3, 'label'])).toMatchObject({ kind: 'text' });
    expect(specAt(form('CreateConsumer'), ['body', 'ssn'])).toMatchObject({ personal: true });
    expect(specAt(form('GeneratePaymentSuccessIndicators'), ['body', 'transaction', 'settleByDate'])).toMatchObject({ kind: 'date', required: true });
    expect(specAt(form('GenerateConnectUrl'), ['body', 'webhookHeaders'])).toMatchObject({ kind: 'map' });
    expect(specAt(form('GetAllCustomerTransactions'), ['parameters', 'fromDate'])).toMatchObject({ kind: 'epochSeconds', required: true });
    expect(specAt(form('GetAllCustomerTransactions'), ['parameters', 'nothing'])).toBeUndefined();
  });

  it('offers the permissible purposes by what they mean', () => {
    const titles = { purpose: Object.fromEntries(knownPurposes.map(({ code, title }) => [code, title])) };
    const purpose = formOf(operation('GetReportByCustomer'), titles).parameters.find(({ name }) => name === 'purpose');
    expect(purpose?.suggestions).toContain('31');
    expect(purpose?.titles?.['31']).toBe('Extension of credit');
  });

  it('offers each form of an answer, its own first', () => {
    expect(form('GetCustomer').accepts).toEqual(['application/json']);
    expect(form('GetReportByCustomer').accepts).toEqual(expect.arrayContaining(['application/json', 'application/pdf']));
  });

  it.each([['institutionLoginId', 'Institution login id'], ['ssn', 'SSN'], ['consent_receipt_id', 'Consent receipt id'], ['Update-By', 'Update by'], ['dob', 'Date of birth'], ['__x', 'X']])('calls %s "%s"', (name, label) => {
    expect(labelOf(name)).toBe(label);
  });
});

describe('the check', () => {
  it('finds nothing wrong with what is right', () => {
    expect(problems('GetCustomer', { customerId: '7000000001' })).toEqual([]);
    expect(problems('GetCustomers', { limit: '25', search: 'dana' })).toEqual([]);
    expect(problems('GenerateVOAReport', { customerId: 7000000001 }, { fromDate: 1767225600 })).toEqual([]);
  });

  it('names what is missing, in parameters and bodies', () => {
    expect(problems('GetCustomer', {})).toEqual(['parameters.customerId error: Needed: it is part of the address.']);
    expect(problems('GetCustomer', { customerId: '' })).toEqual(['parameters.customerId error: Needed: it is part of the address.']);
    expect(problems('AddTestingCustomer', {})).toEqual(['body error: A body is needed.']);
    expect(problems('AddTestingCustomer', {}, {})).toEqual(['body.username error: Needed.']);
    expect(problems('AddTestingCustomer', {}, { username: '' })).toEqual(['body.username error: Needed.']);
  });

  it('tells a wrong type in words, without the value', () => {
    expect(problems('GenerateVOAReport', { customerId: '7' }, { fromDate: 'secret-word', accountIds: ['1'] })).toEqual([
      'body.fromDate error: Must be a whole number, not a text.', 'body.accountIds error: Must be a text, not a list.']);
    expect(problems('GenerateVOAReport', { customerId: '7' }, [])).toEqual(['body error: Must be an object, not a list.']);
    expect(problems('GetCustomers', { limit: 'many' })).toEqual(['parameters.limit error: Must be a whole number, not a text.']);
    expect(problems('GenerateVOAReport', { customerId: '7' }, { fromDate: 1.5 })).toEqual(['body.fromDate error: Must be a whole number, not a fraction.']);
  });

  it('warns of milliseconds, of lost digits and of a window that ends before it begins', () => {
    expect(problems('GenerateVOAReport', { customerId: '7' }, { fromDate: 1767225600000 })).toEqual(['body.fromDate warning: Looks like milliseconds; the API counts in seconds.']);
    expect(problems('GenerateVOAReport', { customerId: '7' }, { fromDate: 2 ** 60 })[0]).toBe(`body.fromDate ${tooLong}`);
    expect(problems('GetAllCustomerTransactions', { customerId: '7', fromDate: 1767225600, toDate: 1735689600 })).toEqual(['parameters.toDate error: Lies before fromDate.']);
  });

  it('heeds vocabularies, and says how a word is written', () => {
    const [one] = problems('GetCustomers', { type: 'ACTIVE' });
    expect(one).toMatch(/^parameters\.type error: Must be written "active"\.$/);
    expect(problems('GetCustomers', { type: 'dormant' })[0]).toMatch(/^parameters\.type error: Must be one of: .*active/);
  });

  it('reads "either … or" of a consumer', () => {
    const consumer = { firstName: 'Dana', lastName: 'Reyes', address: '1 Elm St', city: 'Provo', state: 'UT', zip: '84601' };
    const found = problems('CreateConsumer', { customerId: '7' }, consumer);
    expect(found.join('\n')).toMatch(/ssn.*birthday/);
    expect(found.join('\n')).toMatch(/phone.*email/);
    expect(problems('CreateConsumer', { customerId: '7' }, { ...consumer, ssn: '999601111', phone: '8015550100' })).toEqual([]);
  });

  it('takes a field that nobody described with a warning, and names the near one', () => {
    expect(problems('AddTestingCustomer', {}, { username: 'dana-reyes-01', user_name: 'x', favouriteColour: 'blue' })).toEqual([
      'body.user_name warning: Not a field of this operation; "username" is.',
      'body.favouriteColour warning: Not a field of this operation, as far as the description says. It is sent as it is.']);
  });

  it.each<[string, unknown]>([['a number', 5], ['null', null], ['a list', [[[]]]], ['text', 'x'.repeat(100_000)], ['an object with odd names', JSON.parse('{"__proto__":1,"constructor":{},"toString":[1]}')], ['a deep object', deep(5_000)]])('survives %s anywhere', (_, value) => {
    for (const { operationId, parameters } of catalogue) {
      expect(() => checkRequest(operation(operationId), { parameters: Object.fromEntries(parameters.map(({ name }) => [name, value])), body: value })).not.toThrow();
    }
  });

  it('calls what JSON cannot hold too large, not a fraction', () => {
    expect(problems('GenerateVOAReport', { customerId: '7' }, JSON.parse('{ "fromDate": 1e999 }'))).toEqual([`body.fromDate ${tooLong}`]);
  });

  it('calls a number too large that a field had to leave as text, and says what would be right', () => {
    const typed = (text: string, id: OperationId, name: string) => problems(id, { customerId: '7' }, { [name]: valueOf(specAt(form(id), ['body', name])!, text) }).filter((one) => one.startsWith(`body.${name} `));
    for (const text of ['99999999999999999999', '-99999999999999999999', '1e999']) expect(typed(text, 'GenerateVOIReport', 'incomeStreamConfidenceMinimum'), text).toEqual([`body.incomeStreamConfidenceMinimum ${tooLong}`]);
    expect(typed('99999999999999999999', 'GenerateVOAReport', 'fromDate')).toEqual([`body.fromDate ${tooLong}`]);
    expect(problems('GetCustomers', { limit: '99999999999999999999' })).toContain(`parameters.limit ${tooLong}`);
    expect(typed('12x', 'GenerateVOAReport', 'fromDate')).toEqual(['body.fromDate error: Must be a whole number, not a text.']);
    expect(problems('GenerateVOAReport', { customerId: '7' }, { fromDate: '12' })).toEqual(['body.fromDate error: Must be a whole number, not a text.']);
  });

  it('tells two hundred problems at most', () => {
    const many = Array.from({ length: 5_000 }, () => ({ label: 5 }));
    expect(checkRequest(operation('GenerateVOAReport'), { parameters: { customerId: '7' }, body: { reportCustomFields: many } })).toHaveLength(200);
  });

  it('finds no fault with the example of any field', () => {
    for (const entry of catalogue) {
      for (const spec of formOf(entry).parameters) {
        if (spec.example === undefined) continue;
        expect(checkRequest(entry, { parameters: { [spec.name]: spec.example } }).filter(({ path }) => path[1] === spec.name), `${entry.operationId} ${spec.name}`).toEqual([]);
      }
    }
  });
});

describe('a new request', () => {
  it('has nothing wrong but what is still to be filled in, and no number that nobody chose', () => {
    const wrong = catalogue.flatMap((entry) => {
      const { input: { body, ...parameters } } = parseRequest(requestText(entry));
      return checkRequest(entry, { parameters, body }).filter(({ missing }) => !missing).map(({ path, message }) => `${entry.operationId} ${path.join('.')}: ${message}`);
    });
    expect(wrong).toEqual(['VerifyMicroAmountDeposits body.amounts: Needs 2 entries at least.']);
  });
});

describe('the schema for the editor\'s JSON language', () => {
  it('keeps the names, types and words of fields, and leaves what is missing to the check', () => {
    const rules = (node: unknown): string[] => (typeof node === 'object' && node !== null ? Object.entries(node).flatMap(([name, one]) => [...(name === 'oneOf' || (name === 'required' && Array.isArray(one)) || (name === 'minLength' && typeof one === 'number') ? [name] : []), ...rules(one)]) : []);
    for (const { operationId } of catalogue) expect(rules(textSchema(requestDocumentSchema(operationId))), operationId).toEqual([]);
    const text = textSchema(requestDocumentSchema('AddTestingCustomer')) as { properties: { body: unknown; operation: unknown } };
    expect(text.properties.operation).toMatchObject({ enum: expect.arrayContaining(['AddTestingCustomer']) });
    expect(JSON.stringify(text)).toContain('"username"');
    expect(textSchema({ properties: { required: { type: 'string', minLength: 1 }, format: { type: 'string' } }, required: ['format'] })).toEqual({ properties: { required: { type: 'string' }, format: { type: 'string' } } });
  });

  it('has the check tell of a body without any of its fields', () => {
    expect(problems('ModifyCustomer', { customerId: '7' }, {})).toEqual(['body error: Needs one of its fields at least.']);
  });
});

describe('the form of a value', () => {
  const consumer = { firstName: 'Dana', lastName: 'Reyes', state: 'UT', zip: '84074-1234', ssn: '999-04-2711', birthday: { year: 1988, month: 2, dayOfMonth: 29 }, phone: '(801) 555-0134', email: 'dana.reyes@example.com' };
  const wrong = (change: Record<string, unknown>, id: 'CreateConsumer' | 'ModifyConsumer' = 'CreateConsumer') => problems(id, id === 'CreateConsumer' ? { customerId: '7' } : { consumerId: 'a' }, { ...consumer, ...change });

  it('of a consumer is right as the API describes it', () => {
    expect(wrong({})).toEqual([]);
    expect(wrong({ ssn: '999042711', zip: '84074', phone: '8015550134', birthday: { year: '1988', month: '11', dayOfMonth: '23' } })).toEqual([]);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ state: 'Utah' }, 'body.state warning: Two letters, for example UT.'],
    [{ zip: '8407' }, 'body.zip warning: Five digits, or nine.'],
    [{ phone: '555-0134' }, 'body.phone error: Ten digits; these are 7.'],
    [{ ssn: '999-04-271' }, 'body.ssn error: Nine digits; these are 8.'],
    [{ ssn: '999-04-271x' }, 'body.ssn error: Digits only; hyphens may stand between them.'],
    [{ email: 'dana@@example.com' }, 'body.email error: Something like name@example.com.'],
    [{ email: 'dana@example' }, 'body.email error: Something like name@example.com.'],
    [{ birthday: { year: 1987, month: 2, dayOfMonth: 29 } }, 'body.birthday.dayOfMonth error: A day that exists: this month has fewer.'],
    [{ birthday: { year: 1988, month: 13, dayOfMonth: 1 } }, 'body.birthday.month error: A month is 1 to 12.'],
    [{ birthday: { year: 1988, month: '1', dayOfMonth: '32' } }, 'body.birthday.dayOfMonth error: A day of the month is 1 to 31.'],
    [{ birthday: { year: 2988, month: 1, dayOfMonth: 1 } }, 'body.birthday.year error: In the past.'],
  ])('of a consumer is told: %j', (change, said) => {
    expect(wrong(change)).toEqual([said]);
    expect(wrong(change, 'ModifyConsumer')).toEqual([said]);
  });

  const inside = 'The API cannot reach this address: it lies on this machine or in a private network. Only the sandbox, which runs on this machine, can.';
  const credentials = 'Holds a user name or password, and addresses end up in logs. Leave them out, and have the listener know the sender in another way.';
  it.each<[string, string | undefined]>([
    ['https://example.com/report', undefined], ['https://10.example.com/', undefined], ['https://172.32.0.1/', undefined], ['https://[2600:1f18::1]/', undefined], ['https://localhost.example.com/', undefined],
    ...['http://localhost:3000/x', 'https://localhost/x', 'http://127.0.0.1/x', 'https://0x7f.1/', 'http://[::1]:8080/', 'https://10.1.2.3/', 'https://172.16.0.9/', 'https://192.168.1.4:8443/x', 'https://169.254.169.254/', 'https://100.64.0.1/',
      'https://[fd00::1]/', 'https://[fe80::1]/', 'https://[::ffff:192.168.0.1]/', 'https://intranet/hook', 'https://dev.local/hook', 'https://hook.internal./'].map((one): [string, string] => [one, `warning: ${inside}`]),
    ['http://192.168.1.4/x', `warning: ${inside} The API calls back to https:// alone.`],
    ['http://example.com/report', 'warning: The API calls back to https:// alone.'],
    ['https://user:pass@example.com/report', `warning: ${credentials}`], ['https://token@example.com/report', `warning: ${credentials}`], ['https://user:pass@localhost/', `warning: ${credentials} ${inside}`],
    ['javascript:alert(1)', 'error: Must begin with https://, not javascript:.'], ['ftp://example.com', 'error: Must begin with https://, not another scheme.'],
    ['example.com/report', 'error: Must be a whole address, beginning with https://.'],
  ])('of a callback address is looked at: %s', (callbackUrl, said) => {
    expect(problems('GenerateVOAReport', { customerId: '7', callbackUrl }, {})).toEqual(said === undefined ? [] : [`parameters.callbackUrl ${said}`]);
    expect(problems('SubscribeToTxPushNotifications', { customerId: '7', accountId: '8' }, { callbackUrl })).toEqual(said === undefined ? [] : [`body.callbackUrl ${said}`]);
  });

  it('of an address to go on to may be an app\'s own, and no script', () => {
    const redirect = (redirectUri: string) => problems('GenerateConnectUrl', {}, { customerId: '7', redirectUri }).filter((one) => one.startsWith('body.redirectUri'));
    expect(redirect('northfold://linked')).toEqual([]);
    expect(redirect('JavaScript:alert(1)')).toEqual(['body.redirectUri error: Not an address to go on to: javascript:.']);
  });

  it('of a moment that history begins at is not in the future', () => {
    expect(problems('GenerateVOAReport', { customerId: '7' }, { fromDate: 33_000_000_000 })).toEqual(['body.fromDate warning: Lies in the future: there is nothing from then on.']);
    expect(problems('GetAllCustomerTransactions', { customerId: '7', fromDate: 1_700_000_000, toDate: 33_000_000_000 })).toEqual([]);
    expect(problems('GenerateVOAReport', { customerId: '7' }, { fromDate: 1_767_225_600_000 })).toEqual(['body.fromDate warning: Looks like milliseconds; the API counts in seconds.']);
  });

  it('of several ids in one text is digits and blanks', () => {
    const ids = (accountIds: string) => problems('GenerateVOAReport', { customerId: '7' }, { accountIds });
    expect(ids('8100000011 8100000012')).toEqual([]);
    expect(ids('8100000011,8100000012')).toEqual(['body.accountIds warning: Account ids are digits, with spaces between them.']);
  });

  it.each<[string, RegExp | undefined]>([
    ['7200000001', undefined], ['12a', /digits alone/], ['🙂', /digits alone/], ['-5', /digits alone/], ['1.5', /digits alone/], ['7\u200F1', /a right-to-left mark \(U\+200F\)/],
    ['7\u0007', /U\+0007/], ['1'.repeat(31), /this has 31 characters/],
  ])('of an id is digits: %j', (id, said) => {
    const found = problems('GetCustomer', { customerId: id });
    if (said === undefined) expect(found).toEqual([]);
    else expect(found).toEqual([expect.stringMatching(said)]);
    expect(found.every((one) => one.startsWith('parameters.customerId warning: '))).toBe(true);
    expect(digitsProblem(id) === undefined).toBe(said === undefined);
  });

  it('names a hidden character also where a number is wanted', () => {
    expect(problems('GetCustomerAccountsByInstitution', { customerId: '7', institutionId: '10\u200F2105' })).toEqual(['parameters.institutionId error: Holds a character that cannot be seen: a right-to-left mark (U+200F).']);
    expect(hiddenProblem('plain')).toBeUndefined();
  });
});

describe('the body as it stands in a document', () => {
  it('is the same after going in and out', () => {
    const text = '{\n  "a": [\n    1,\n    2.10\n  ],\n  "b": "x\\ny"\n}';
    expect(indented(text, '  ')).toBe('{\n    "a": [\n      1,\n      2.10\n    ],\n    "b": "x\\ny"\n  }');
    expect(outdented(indented(text, '  '), '  ')).toBe(text);
  });

  it('is laid out over lines when it was typed in one, where the document is laid out as ours', () => {
    const ours = `${JSON.stringify({ operation: 'AddTestingCustomer', body: { username: '' } }, null, 2)}\n`;
    expect(laidOut('{"a":[1,2.10],"b":"x, {y}"}', ours)).toBe('{\n  "a": [\n    1,\n    2.10\n  ],\n  "b": "x, {y}"\n}');
    for (const kept of ['{ "a":\n1 }', '"text"', '5']) expect(laidOut(kept, ours)).toBe(kept);
    for (const theirs of ['{ "operation": "AddTestingCustomer" }', ours.replaceAll('  ', '\t'), `${ours}// mine`]) expect(laidOut('{"a":1}', theirs)).toBe('{"a":1}');
  });
});

function deep(levels: number): unknown {
  let value: unknown = 1;
  for (let n = 0; n < levels; n += 1) value = { a: [value] };
  return value;
}
