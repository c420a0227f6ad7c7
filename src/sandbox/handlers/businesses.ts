// Businesses: one a customer. Quirks kept: creating answers 200, both reads answer an array, dates have no zone.
import type { BusinessEntity } from '../entities.ts';
import { BUSINESS_OWNERS } from '../reports/locations.ts';
import { ApiFault } from '../types.ts';
import type { Handlers, SandboxContext, SandboxRequest } from '../types.ts';

const FIELDS = ['name', 'personallyLiable', 'address', 'phoneNumber', 'url', 'email', 'type', 'taxId'] as const;

const detailsOf = (body: unknown) => {
  const given = body as Record<string, unknown>;
  return Object.fromEntries(FIELDS.flatMap((field) => (given[field] === undefined ? [] : [[field, given[field]]])));
};
const withoutZone = (moment: number) => new Date(moment * 1000).toISOString().slice(0, 19);
const wire = ({ id, createdDate, details: { modifiedDate, ...details } }: BusinessEntity) => ({
  ...details, businessId: id, createdDate: withoutZone(createdDate), modifiedDate: withoutZone(typeof modifiedDate === 'number' ? modifiedDate : createdDate),
});

const unknown = () => new ApiFault(404, 10003, 'Business not found.');
function theBusiness({ path }: SandboxRequest, { state }: SandboxContext): BusinessEntity {
  const business = state.businesses.get(path.business_id as string);
  if (!business) throw unknown();
  return business;
}

export const businessHandlers: Handlers = {
  AddBusinessDetails: ({ path, body }, { state, now }) => {
    const customerId = path.customer_id as string;
    if (state.businesses.of(customerId).length > 0) throw new ApiFault(409, 10004, `A business already exists for customer ${customerId}`);
    const business: BusinessEntity = { id: String(7_300_000 + state.next('business')), customerId, createdDate: now(), details: detailsOf(body) };
    state.businesses.put(business);
    state.bag<string>(BUSINESS_OWNERS).put(business.id, customerId);
    return { status: 200, json: wire(business) };
  },
  GetBusinessByCustomer: ({ path }, { state }) => {
    const found = state.businesses.of(path.customer_id as string);
    if (found.length === 0) throw unknown();
    return { status: 200, json: found.map(wire) };
  },
  GetBusinessById: (request, context) => ({ status: 200, json: [wire(theBusiness(request, context))] }),
  UpdateBusiness: (request, context) => {
    const business = theBusiness(request, context);
    const changed = { ...business, details: { ...business.details, ...detailsOf(request.body), modifiedDate: context.now() } };
    context.state.businesses.put(changed);
    return { status: 200, json: wire(changed) };
  },
};
