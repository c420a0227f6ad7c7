// App registration: what OAuth institutions show people. The records and the reviewers' pace stand in applications.ts.
// Quirks kept: the older list pages by one record and dates in epoch seconds, the newer by fifty in ISO; unknown parameters are 3008.
import { ApiFault } from '../types.ts';
import type { Handlers, SandboxContext, SandboxRequest } from '../types.ts';
import { accountsOfLogin, theCustomer } from './accountAccess.ts';
import { wireAccount } from './accountWire.ts';
import { applicationById, applicationByPreId, applications, hasId, statusOf, submit } from './applications.ts';
import type { ApplicationRecord } from './applications.ts';

const SCOPES = 'Account Info, Transactions';
const FIELDS = [
  'appDescription', 'appName', 'appUrl', 'ownerAddressLine1', 'ownerAddressLine2', 'ownerCity', 'ownerCountry', 'ownerName', 'ownerPostalCode', 'ownerState', 'image',
] as const;
const IMAGE_LIMIT = 50 * 1024;
const DAY = 86_400;

function detailsOf(body: unknown): ApplicationRecord['details'] {
  const given = body as Record<string, unknown>;
  const image = Buffer.from(String(given.image), 'base64');
  if (image.length === 0 || image.length >= IMAGE_LIMIT) throw new ApiFault(400, 14020, 'The image must be an SVG of less than 50 KB, in Base64');
  // The picture itself is not kept: nothing reads it back, and it would weigh down the snapshot.
  return Object.fromEntries(FIELDS.filter((field) => field !== 'image').map((field) => [field, given[field]])) as ApplicationRecord['details'];
}

const iso = (moment: number) => new Date(moment * 1000).toISOString().replace('.000', '');
const modified = (record: ApplicationRecord, now: number) => (now < record.decidedDate ? record.submittedDate : record.decidedDate);
const visibleId = (record: ApplicationRecord, now: number) => (hasId(record, now) ? record.applicationId : undefined);
const visibleNote = (record: ApplicationRecord, now: number) => (statusOf(record, now) === 'P' ? undefined : record.note);
const oauthInstitutions = ({ world }: SandboxContext) => world.institutions.filter((institution) => institution.oauthEnabled);

const wire = (record: ApplicationRecord, now: number) => ({
  preAppId: record.preAppId, applicationId: visibleId(record, now), status: statusOf(record, now), name: record.details.appName, scopes: SCOPES,
  note: visibleNote(record, now), createdDate: iso(record.createdDate), modifiedDate: iso(modified(record, now)), submittedDate: iso(record.submittedDate),
});

const olderWire = (record: ApplicationRecord, { partnerId }: SandboxRequest, context: SandboxContext) => {
  const now = context.now();
  const status = statusOf(record, now);
  const institutionDetails = status === 'R' ? [] : oauthInstitutions(context).slice(0, 3).map(({ id }) => ({
    id, abbrvName: record.details.appName.slice(0, 12), decryptionKeyActivated: status === 'A', createdDate: record.createdDate,
    lastModifiedDate: modified(record, now), status: status === 'A',
  }));
  return {
    partnerId, preAppId: String(record.preAppId), note: visibleNote(record, now), applicationId: visibleId(record, now), appName: record.details.appName,
    submittedDate: record.submittedDate, modifiedDate: modified(record, now), status, scopes: SCOPES, institutionDetails,
  };
};

const pageOf = <T>(all: readonly T[], page: number, size: number) => all.slice((page - 1) * size, page * size);
const sameDay = (moment: number, wanted: string | undefined) => !wanted || Math.floor(moment / DAY) === Math.floor(Number(wanted) / DAY);

export const appRegistrationHandlers: Handlers = {
  RegisterApp: ({ body }, context) => {
    const record = submit(context, detailsOf(body));
    return { status: 201, json: { preAppId: record.preAppId, status: statusOf(record, context.now()) } };
  },
  ModifyAppRegistration: ({ path, body }, context) => {
    const previous = applicationByPreId(context, path.preAppId as string);
    if (!previous) throw new ApiFault(404, 3001, 'Application id not found');
    const record = submit(context, detailsOf(body), previous);
    return { status: 200, json: { preAppId: record.preAppId, status: statusOf(record, context.now()) } };
  },
  GetAppRegistrationStatus: (request, context) => {
    const { query } = request;
    const now = context.now();
    const all = applications(context).filter((record) =>
      (!query.preAppId || String(record.preAppId) === query.preAppId) && (!query.applicationId || visibleId(record, now) === query.applicationId) &&
      (!query.status || statusOf(record, now) === query.status) && (!query.appName || record.details.appName === query.appName) &&
      sameDay(record.submittedDate, query.submittedDate) && sameDay(modified(record, now), query.modifiedDate));
    const [pageNumber, size] = [Number(query.page ?? 1), Number(query.pageSize ?? 1)];
    if (pageNumber < 1 || size < 1) throw new ApiFault(400, 14020, 'Invalid page or pageSize');
    const shown = pageOf(all, pageNumber, size).map((record) => olderWire(record, request, context));
    const totalPages = Math.ceil(all.length / size);
    return { status: 200, json: { totalRecords: all.length, totalPages, pageNumber, numberOfRecordsPerPage: size, applications: shown } };
  },
  getApplications: ({ query, operation }, context) => {
    const now = context.now();
    const unknown = Object.keys(query).find((name) => !operation.parameters.some((parameter) => parameter.name === name));
    if (unknown) throw new ApiFault(400, 3008, `Unknown query parameter (${unknown})`);
    const all = applications(context).filter((record) =>
      (!query.pre_app_id || String(record.preAppId) === query.pre_app_id) && (!query.application_id || visibleId(record, now) === query.application_id) &&
      (!query.name || record.details.appName === query.name) && (!query.status || statusOf(record, now) === query.status));
    const [start, limit] = [Number(query.start ?? 1), Number(query.limit ?? 50)];
    const shown = pageOf(all, start, limit).map((record) => wire(record, now));
    return { status: 200, json: { found: all.length, displaying: shown.length, moreAvailable: start * limit < all.length, applications: shown } };
  },
  getRegisteredInstitutions: ({ path, query }, context) => {
    const record = applicationById(context, path.application_id as string);
    if (!record) throw new ApiFault(404, 3001, 'Application id not found');
    const all = oauthInstitutions(context).filter(({ id }) => !query.institution_id || id === Number(query.institution_id));
    if (all.length === 0) throw new ApiFault(404, 3002, 'Registration status not found');
    const [start, limit] = [Number(query.start ?? 1), Number(query.limit ?? 25)];
    const status = statusOf(record, context.now()) === 'A';
    const shown = pageOf(all, start, limit).map(({ id, name }) => ({
      institutionId: id, institutionName: name, status, createdDate: iso(record.createdDate), modifiedDate: iso(modified(record, context.now())),
    }));
    return { status: 200, json: { found: all.length, displaying: shown.length, moreAvailable: start * limit < all.length, institutions: shown } };
  },
  SetCustomerAppID: (request, context) => {
    const applicationId = request.path.applicationId as string;
    const customer = theCustomer(request, context);
    if (!applicationById(context, applicationId)) throw new ApiFault(400, 10007, 'Invalid application id');
    if (customer.applicationId && customer.applicationId !== applicationId) {
      throw new ApiFault(400, 14020, 'The application of a customer cannot be changed once it is set');
    }
    context.state.customers.put({ ...customer, applicationId, lastModifiedDate: context.now() });
    return { status: 200 };
  },
  MigrateInstitutionLoginAccounts: (request, context) => {
    const { state, world } = context;
    const accounts = accountsOfLogin(request, context);
    const login = state.logins.get(request.path.institutionLoginId as string);
    const target = world.institutions.find(({ id }) => id === login?.institutionId)?.oauthInstitutionId;
    if (!login || target === undefined) throw new ApiFault(400, 20007, 'The accounts at this institution cannot be migrated');
    state.logins.put({ ...login, institutionId: target });
    const moved = accounts.map((account) => ({ ...account, institutionId: target }));
    for (const account of moved) state.accounts.put(account);
    return { status: 200, json: { accounts: moved.map((account) => wireAccount(account, context)) } };
  },
};
