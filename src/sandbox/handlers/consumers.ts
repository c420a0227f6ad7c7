// Consumers: one a customer, and it outlives the customer. Quirks kept: customer ids are numbers, the SSN comes back as its last four,
// what was not given comes back null, and an unknown consumer is 10100.
import { notFound } from '../errors.ts';
import { ApiFault } from '../types.ts';
import type { ConsumerEntity } from '../entities.ts';
import type { Handlers, SandboxContext, SandboxRequest } from '../types.ts';

const FIELDS = ['firstName', 'lastName', 'address', 'city', 'state', 'zip', 'phone', 'ssn', 'birthday', 'email', 'suffix', 'endUser'] as const;
type Details = Partial<Record<(typeof FIELDS)[number], unknown>>;

const invalid = (message: string) => new ApiFault(400, 10100, message);

/** The known fields, checked; the SSN without hyphens. Throws 10100 for a format the API does not take. */
function detailsOf(body: unknown): Details {
  const given = body as Details;
  const details: Details = Object.fromEntries(FIELDS.flatMap((field) => (given[field] === undefined ? [] : [[field, given[field]]])));
  if (details.ssn !== undefined) {
    const digits = String(details.ssn).replace(/^(\d{3})-(\d{2})-(\d{4})$/, '$1$2$3');
    if (!/^\d{9}$/.test(digits)) throw invalid('Invalid SSN format');
    details.ssn = digits;
  }
  if (details.phone !== undefined && !/^1?\d{10}$/.test(String(details.phone).replace(/[\s().+-]/g, ''))) throw invalid('Invalid phone format');
  if (details.email !== undefined && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(String(details.email))) throw invalid('Invalid email format');
  if (details.birthday !== undefined) details.birthday = birthdayOf(details.birthday as Partial<Record<'year' | 'month' | 'dayOfMonth', number | string>>);
  return details;
}

/** In numbers, however it was given. */
function birthdayOf(given: Partial<Record<'year' | 'month' | 'dayOfMonth', number | string>>): { year: number; month: number; dayOfMonth: number } {
  const [year, month, dayOfMonth] = [Number(given.year ?? 0), Number(given.month ?? 0), Number(given.dayOfMonth ?? 0)];
  const date = new Date(Date.UTC(year, month - 1, dayOfMonth));
  if (year < 1880 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== dayOfMonth) throw invalid('Invalid birthday');
  return { year, month, dayOfMonth };
}

const wire = ({ id, customerId, createdDate, details }: ConsumerEntity) => ({
  id, customerId: Number(customerId), ...Object.fromEntries(FIELDS.map((field) => [field, details[field] ?? null])),
  ssn: typeof details.ssn === 'string' ? details.ssn.slice(-4) : null, createdDate,
});

function theConsumer({ path }: SandboxRequest, { state }: SandboxContext): ConsumerEntity {
  const consumer = state.consumers.get(path.consumerId as string);
  if (!consumer) throw new ApiFault(404, 10100, `Cannot find consumer with id ${path.consumerId}.`);
  return consumer;
}

export const consumerHandlers: Handlers = {
  CreateConsumer: ({ path, body }, { state, now }) => {
    const customerId = path.customerId as string;
    if (state.consumers.of(customerId).length > 0) throw new ApiFault(409, 11000, `A consumer already exists for customer ${customerId}`);
    const consumer: ConsumerEntity = { id: crypto.randomUUID().replaceAll('-', ''), customerId, createdDate: now(), details: detailsOf(body) };
    state.consumers.put(consumer);
    return { status: 201, json: { id: consumer.id, createdDate: consumer.createdDate, customerId: Number(customerId) } };
  },
  GetConsumerForCustomer: ({ path }, { state }) => {
    const consumer = state.consumers.of(path.customerId as string)[0];
    if (!consumer) throw notFound();
    return { status: 200, json: wire(consumer) };
  },
  GetConsumer: (request, context) => ({ status: 200, json: wire(theConsumer(request, context)) }),
  ModifyConsumer: (request, context) => {
    const consumer = theConsumer(request, context);
    context.state.consumers.put({ ...consumer, details: { ...consumer.details, ...detailsOf(request.body ?? {}) } });
    return { status: 204 };
  },
};
