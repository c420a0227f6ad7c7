// What became of switches of salaries and bill payments; the records stand in switchRecords.ts. Quirks kept: lists have ten at most and no
// paging, an external id without switches is 400, dates are ISO without fractions.
import type { CustomerEntity } from '../entities.ts';
import { ApiFault } from '../types.ts';
import type { Handlers, SandboxContext, SandboxReply, SandboxRequest } from '../types.ts';
import { billPaySwitchesOf, depositSwitchesOf, depositSwitchesOfExternal, standingOf } from './switchRecords.ts';
import type { SwitchRecord } from './switchRecords.ts';

const LISTED = 10;

const iso = (moment: number) => new Date(moment * 1000).toISOString().replace('.000', '');
/** The pipeline has found the customer already. */
const theCustomer = ({ path }: SandboxRequest, { state }: SandboxContext) => state.customers.get(path.customer_id as string) as CustomerEntity;

function summaries(records: readonly SwitchRecord[], { now }: SandboxContext) {
  return records.slice(0, LISTED).map((record) => {
    const { status, failureReason } = standingOf(record, now());
    return { id: record.id, status, failureReason, createdDate: iso(record.createdDate) };
  });
}

function listed({ id, type }: CustomerEntity, records: readonly SwitchRecord[], context: SandboxContext): SandboxReply {
  return { status: 200, json: { customerId: id, customerType: type, switches: summaries(records, context) } };
}

function theSwitch<T extends SwitchRecord>(records: readonly T[], { path }: SandboxRequest): T {
  const found = records.find(({ id }) => id === path.switch_id);
  if (!found) throw new ApiFault(404, 1643, `No matching record found for switch_id ${path.switch_id}`, { status: '404' });
  return found;
}

function details(record: SwitchRecord, customer: CustomerEntity, { now }: SandboxContext) {
  const { status, failureReason, updatedDate, authenticated } = standingOf(record, now());
  return {
    customerId: customer.id, customerType: customer.type, switchId: record.id, switchStatus: status, failureReason,
    createdDate: iso(record.createdDate), updatedDate: iso(updatedDate), authenticated, provider: record.provider,
  };
}

export const transferHandlers: Handlers = {
  getAllDepositSwitches: (request, context) => {
    const customer = theCustomer(request, context);
    return listed(customer, depositSwitchesOf(context, customer), context);
  },
  getAllExternalDepositSwitches: ({ path }, context) => {
    const externalId = path.external_id as string;
    const found = depositSwitchesOfExternal(context, externalId);
    if (found.length === 0) throw new ApiFault(400, 1643, `No matching record found for external_id ${externalId}`, { status: '400' });
    return { status: 200, json: { externalId, switches: summaries(found, context) } };
  },
  getDepositSwitchDetails: (request, context) => {
    const customer = theCustomer(request, context);
    const record = theSwitch(depositSwitchesOf(context, customer), request);
    return { status: 200, json: { ...details(record, customer, context), distributions: record.distributions } };
  },
  getAllPaySwitches: (request, context) => {
    const customer = theCustomer(request, context);
    return listed(customer, billPaySwitchesOf(context, customer), context);
  },
  getBillPaySwitchDetails: (request, context) => {
    const customer = theCustomer(request, context);
    const record = theSwitch(billPaySwitchesOf(context, customer), request);
    return { status: 200, json: { ...details(record, customer, context), paymentMethods: record.paymentMethods } };
  },
};
