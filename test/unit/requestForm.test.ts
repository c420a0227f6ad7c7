// The form of every operation out of the description, and the check of what is entered into it.
import { describe, expect, it } from 'vitest';
import { catalogue, operation, type OperationId } from '../../src/api/catalogue.ts';
import { knownPurposes } from '../../src/documents/purposes.ts';
import { indented, outdented } from '../../src/requests/bodyText.ts';
import { checkRequest } from '../../src/requests/check.ts';
import { fromVault } from '../../src/requests/document.ts';
import { formOf, labelOf, specAt } from '../../src/requests/formSpec.ts';
import type { FieldSpec } from '../../src/webviews/protocol/request.ts';

const form = (id: OperationId) => formOf(operation(id));
const every = (spec: FieldSpec): FieldSpec[] => [spec, ...(spec.fields ?? []).flatMap(every), ...(spec.item ? every(spec.item) : [])];
const problems = (id: OperationId, parameters: Record<string, unknown>, body?: unknown) => checkRequest(operation(id), { parameters, body }).map(({ path, message, severity }) => `${path.join('.')} ${severity}: ${message}`);

describe('the form of an operation', () => {
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
    expect(problems('GenerateVOAReport', { customerId: '7' }, { fromDate: 2 ** 60 })[0]).toBe('body.fromDate error: Too large to be exact: digits would get lost.');
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

describe('the body as it stands in a document', () => {
  it('is the same after going in and out', () => {
    const text = '{\n  "a": [\n    1,\n    2.10\n  ],\n  "b": "x\\ny"\n}';
    expect(indented(text, '  ')).toBe('{\n    "a": [\n      1,\n      2.10\n    ],\n    "b": "x\\ny"\n  }');
    expect(outdented(indented(text, '  '), '  ')).toBe(text);
  });
});

function deep(levels: number): unknown {
  let value: unknown = 1;
  for (let n = 0; n < levels; n += 1) value = { a: [value] };
  return value;
}
