// The partner's id in Connect's bodies: in no request, in every call.
import { expect, it } from 'vitest';
import { operation } from '../../src/api/catalogue.ts';
import { checkRequest } from '../../src/requests/check.ts';
import { parseRequest } from '../../src/requests/document.ts';
import { formOf, specAt } from '../../src/requests/formSpec.ts';
import { requestText } from '../../src/requests/newRequest.ts';
import { withPartner } from '../../src/requests/ownPartner.ts';
import { toCall } from '../../src/snippets/call.ts';
import { languages } from '../../src/snippets/languages.ts';

const connect = operation('GenerateConnectUrl');

it('is not written into a new request, and not missed there', () => {
  const { input } = parseRequest(requestText(connect, { customerId: '7200000001' }));
  expect(JSON.stringify(input)).not.toContain('partnerId');
  expect(checkRequest(connect, { parameters: {}, body: input.body })).toEqual([]);
  expect(specAt(formOf(connect), ['body', 'partnerId'])).toMatchObject({ required: false, default: 'the connection\'s own' });
});

it('goes in when the request is sent, unless the request names one', () => {
  expect(withPartner(connect, { body: { customerId: '7' } }, '2400000000017')).toEqual({ body: { customerId: '7', partnerId: '2400000000017' } });
  expect(withPartner(connect, { body: { partnerId: '', customerId: '7' } }, '2400000000017')).toEqual({ body: { customerId: '7', partnerId: '2400000000017' } });
  const named = { body: { partnerId: '99' } };
  expect(withPartner(connect, named, '2400000000017')).toBe(named);
  const other = { body: { username: 'x' } };
  expect(withPartner(operation('AddTestingCustomer'), other, '2400000000017')).toBe(other);
  expect(withPartner(connect, { body: [1] }, '24')).toEqual({ body: [1] });
});

it('comes from the environment in code', () => {
  const call = toCall({ entry: connect, parameters: {}, body: { customerId: '7200000001' }, baseUrl: 'https://api.finicity.com' });
  for (const language of languages) expect(language.write(call), language.label).toContain('OPEN_BANKING_PARTNER_ID');
});
