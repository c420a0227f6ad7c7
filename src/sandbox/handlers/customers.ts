// Customers. Quirks kept: dates are strings of digits, an unknown username is an empty page, and the username policy, a bad name and a
// taken username have codes of their own (110039, 45003, 409 110002).
import type { CustomerEntity } from '../entities.ts';
import { ApiFault } from '../types.ts';
import type { Handler, Handlers } from '../types.ts';
import { theCustomer } from './accountAccess.ts';
import { applicationById, hasApplications } from './applications.ts';

const USERNAME = /^[A-Za-z0-9!@.#$%&*_+-]{6,255}$/;
/** Signs of markup and control characters; letters of every script and emoji are fine. */
const BAD_IN_NAME = /[<>{}\\^|~\u0000-\u001f\u007f]/;

const wire = (customer: CustomerEntity) => ({
  id: customer.id, username: customer.username, firstName: customer.firstName, lastName: customer.lastName, phone: customer.phone, email: customer.email,
  type: customer.type, createdDate: String(customer.createdDate),
  lastModifiedDate: customer.lastModifiedDate === undefined ? undefined : String(customer.lastModifiedDate),
});

const enroll = (type: CustomerEntity['type']): Handler => ({ body }, context) => {
  const { state, now } = context;
  const given = body as { username: string; firstName?: string; lastName?: string; phone?: string; email?: string; applicationId?: string };
  if (!USERNAME.test(given.username)) throw new ApiFault(400, 110039, 'The username does not meet the policy');
  checkNames(given);
  if (given.applicationId && !applicationById(context, given.applicationId)) throw new ApiFault(400, 10007, 'Invalid application id');
  if (state.customers.byUsername(given.username)) throw new ApiFault(409, 110002, 'Username is not available');
  const { username, firstName, lastName, phone, email, applicationId } = given;
  const customer: CustomerEntity = {
    id: state.customers.nextId(), username, type, firstName, lastName, phone, email, applicationId, createdDate: now(), persona: 'salaried',
  };
  state.customers.put(customer);
  return { status: 201, json: { id: customer.id, username, createdDate: customer.createdDate } };
};

function checkNames({ firstName = '', lastName = '' }: { firstName?: string; lastName?: string }): void {
  if (BAD_IN_NAME.test(firstName) || BAD_IN_NAME.test(lastName)) throw new ApiFault(400, 45003, 'Invalid character in name');
}

export const customerHandlers: Handlers = {
  AddTestingCustomer: enroll('testing'),
  AddCustomer: enroll('active'),
  GetCustomers: ({ query }, { state }) => {
    const start = Number(query.start ?? 1);
    const type = (query.type || undefined) as CustomerEntity['type'] | undefined;
    const { found, items } = state.customers.query({
      username: query.username || undefined, search: query.search || undefined, type, start, limit: Number(query.limit ?? 25),
    });
    return { status: 200, json: { found, displaying: items.length, moreAvailable: start - 1 + items.length < found, customers: items.map(wire) } };
  },
  GetCustomer: (request, { state }) => {
    const customer = theCustomer(request, { state });
    return { status: 200, json: { ...wire(customer), applicationId: customer.applicationId } };
  },
  ModifyCustomer: (request, { state, now }) => {
    const { firstName, lastName } = (request.body ?? {}) as { firstName?: string; lastName?: string };
    if (firstName === undefined && lastName === undefined) throw new ApiFault(400, 10025, 'No data to update');
    checkNames({ firstName, lastName });
    const customer = theCustomer(request, { state });
    state.customers.put({ ...customer, firstName: firstName ?? customer.firstName, lastName: lastName ?? customer.lastName, lastModifiedDate: now() });
    return { status: 204 };
  },
  DeleteCustomer: ({ path }, { state }) => {
    state.customers.delete(path.customerId as string);
    return { status: 204 };
  },
  GetCustomerWithAppData: (request, context) => {
    const customer = theCustomer(request, context);
    if (!hasApplications(context)) throw new ApiFault(404, 50051, 'The partner has no registered application');
    const application = customer.applicationId ? applicationById(context, customer.applicationId) : undefined;
    if (!application) throw new ApiFault(404, 50052, 'The customer has no registered application');
    const { firstName = '', lastName = '' } = customer;
    const { applicationId, details } = application;
    return { status: 200, json: { ...wire(customer), firstName, lastName, applicationId, applicationName: details.appName } };
  },
};
