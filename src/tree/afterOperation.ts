// Which branches an operation that was run by hand may have changed. By family where it says enough, else by the customer of the request,
// else the whole connection: too much costs a few requests, too little shows what is no longer so.
import { findOperation } from '../api/catalogue.ts';
import { customerOf } from './notebook.ts';
import { appRegistrationsPath, connectPath, customerPath, customersPath, thirdPartyAccessPath, webhooksPath } from './paths.ts';
import { record, type Wire } from './wire.ts';

const families: Readonly<Record<string, (connectionId: string) => readonly string[]>> = {
  Customers: (id) => [customersPath(id)],
  // The request does not say whose consent it was, and what was revoked shows in the state of accounts too.
  'Data Sharing Consent': (id) => [customersPath(id)],
  'App Registration': (id) => [appRegistrationsPath(id), connectPath(id), customersPath(id)],
  'Webhook Subscription': (id) => [webhooksPath(id)],
  'Connect Components': (id) => [connectPath(id)],
  'Third Party Access': (id) => [thirdPartyAccessPath(id)],
};

/** Paths of the branches to read again after an operation; none after one that only reads. */
export function branchesAfter(connectionId: string, operationId: string, input: Wire): readonly string[] {
  const entry = findOperation(operationId);
  if (entry?.method === 'GET' || operationId.startsWith('Get')) return [];
  const family = families[entry?.tag ?? ''];
  if (family) return family(connectionId);
  if (operationId === 'CreateConnectExperience') return [connectPath(connectionId)];
  const customerId = customerOf(input) ?? customerOf(record(input.body));
  return [customerId === undefined ? connectionId : customerPath(connectionId, customerId)];
}
