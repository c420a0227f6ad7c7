// Whether the customer that a path names exists: asked for every operation before its parameters and body are looked at, because the API
// answers 404 first. The few operations that report it otherwise stand here; their handlers do the rest.
import type { OperationId } from '../api/catalogue.ts';
import { notFound } from './errors.ts';
import type { SandboxState } from './state.ts';
import { ApiFault } from './types.ts';

/** Observed: they answer that the account or login is not the customer's, whether the customer exists or not. */
const LOOK_FOR_THEMSELVES: ReadonlySet<string> = new Set<OperationId>(['DeleteCustomerAccount', 'DeleteCustomerAccountsByInstitutionLogin', 'post-reconnections']);

export function checkExistence(operationId: string, path: Readonly<Record<string, string>>, state: SandboxState): void {
  const id = path.customerId ?? path.customer_id;
  if (id === undefined || LOOK_FOR_THEMSELVES.has(operationId)) return;
  if (path.customer_id !== undefined) {
    if (/Switch/.test(operationId)) checkTransferCustomer(id, state);
    if (!state.customers.get(id)) throw new ApiFault(404, 10002, 'Customer not found.');
    return;
  }
  if (operationId === 'AccountMatchingScoreDetails' && !state.customers.get(id)) {
    throw new ApiFault(404, 10002, 'Customer ID was not found.', { status: '404', title: 'Customer ID was not found.', user_message: 'Customer ID was not found.' });
  }
  if (!/^\d{1,18}$/.test(id)) throw new ApiFault(400, 14023, 'Invalid customer id');
  if (!state.customers.get(id)) throw notFound(/Consumer/.test(operationId) ? 'Resource not found.' : 'Customer not found.');
}

/** Transfer has the general code for an unknown customer, one of its own for what is no id, and the status once more in the body. */
function checkTransferCustomer(id: string, state: SandboxState): void {
  if (!/^\d{1,18}$/.test(id)) throw new ApiFault(400, 1000, 'customer_id must be a number', { status: '400' });
  if (!state.customers.get(id)) throw new ApiFault(404, 14001, 'Resource not found.', { status: '404' });
}
