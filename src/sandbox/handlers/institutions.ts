// Institutions. Quirks kept: `start` is a page number here, ids are numbers, nothing found is an empty page, the plain list filters by one
// product and the certified lists by all that are named.
import { brandingOf } from '../branding.ts';
import { ApiFault } from '../types.ts';
import type { Handler, Handlers, SandboxContext, SandboxReply, SandboxRequest } from '../types.ts';
import { PRODUCTS } from '../world/institutions.ts';
import type { InstitutionEntity } from '../world/world.ts';

const fold = (text: string) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');

/** How well a name answers a search: 0 not at all; best a name that begins with it; near misses of one letter count too. */
function nameScore(name: string, search: string): number {
  const [text, wanted] = [fold(name), fold(search).trim()];
  if (wanted === '') return 1;
  if (text === wanted) return 6;
  if (text.startsWith(wanted)) return 5;
  if (text.includes(wanted)) return 4;
  const words = text.split(/\s+/);
  const asked = wanted.split(/\s+/);
  if (asked.every((one) => words.some((word) => word.startsWith(one)))) return 3;
  return asked.every((one) => one.length > 3 && words.some((word) => near(word.slice(0, one.length + 1), one))) ? 2 : 0;
}

/** Whether two words differ by one letter changed, dropped or added. */
function near(a: string, b: string): boolean {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  return [[1, 1], [1, 0], [0, 1]].some(([ofA, ofB]) => {
    const [restA, restB] = [a.slice(head + (ofA as number)), b.slice(head + (ofB as number))];
    return restA === restB || restA.slice(0, -1) === restB;
  });
}

const certification = ({ products }: InstitutionEntity) => Object.fromEntries(PRODUCTS.map((product) => [product, products.includes(product)]));
const productionStatus = ({ status, products }: InstitutionEntity) => {
  const of = (product: string) => (products.includes(product) ? 'online' : 'offline');
  const overallStatus = ['online', 'offline', 'maintenance', 'testing'].includes(status) ? status : 'investigating';
  return { overallStatus, transAgg: of('transAgg'), voa: of('voa'), voi: of('voi'), stateAgg: of('stateAgg'), ach: of('ach'), aha: of('aha') };
};

const common = (institution: InstitutionEntity, host: string) => ({
  id: institution.id, name: institution.name, displayName: null, ...certification(institution),
  accountTypeDescription: institution.accountTypeDescription, phone: institution.phone,
  urlHomeApp: institution.urlHomeApp, urlLogonApp: institution.urlLogonApp, oauthEnabled: institution.oauthEnabled,
  urlForgotPassword: `${institution.urlHomeApp}forgot`, urlOnlineRegistration: `${institution.urlHomeApp}enroll`, timeZone: 'America/Denver',
  specialText: institution.test ? 'Test bank: signs in with made-up credentials' : undefined,
  address: institution.address, currency: institution.currency, email: institution.email, status: institution.status,
  newInstitutionId: institution.newInstitutionId, branding: brandingOf(institution, host),
});
const wire = (institution: InstitutionEntity, host: string) => ({
  ...common(institution, host), oauthInstitutionId: institution.oauthInstitutionId, productionStatus: productionStatus(institution),
});
const certifiedWire = (institution: InstitutionEntity) => ({
  id: institution.id, name: institution.name, ...certification(institution), oauthEnabled: institution.oauthEnabled, productionStatus: productionStatus(institution),
});

function search({ query }: SandboxRequest, { world }: SandboxContext): InstitutionEntity[] {
  const products = (query.type ?? '').split(',').map((product) => product.trim()).filter(Boolean);
  const countries = (query.supportedCountries ?? '*').toLowerCase().split(',');
  return world.institutions
    .filter((one) => products.every((product) => one.products.includes(product)) && (countries.includes('*') || countries.includes(one.country)))
    .map((one) => ({ one, score: nameScore(one.name, query.search ?? '') }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.one.id - b.one.id)
    .map(({ one }) => one);
}

/** `start` is a page number. */
function page(
  request: SandboxRequest, context: SandboxContext, dated: 'createdDate' | 'requestedDate', show: (institution: InstitutionEntity) => unknown,
): SandboxReply {
  const all = search(request, context);
  const limit = Number(request.query.limit ?? 25);
  const from = (Number(request.query.start ?? 1) - 1) * limit;
  const shown = all.slice(from, from + limit);
  const moreAvailable = from + shown.length < all.length;
  return { status: 200, json: { found: all.length, displaying: shown.length, moreAvailable, [dated]: context.now(), institutions: shown.map(show) } };
}

const hostOf = ({ headers }: SandboxRequest) => headers.host ?? '127.0.0.1';
const byId: (request: SandboxRequest, context: SandboxContext) => InstitutionEntity = ({ path }, { world }) => {
  const found = world.institutions.find(({ id }) => id === Number(path.institutionId));
  if (!found) throw new ApiFault(404, 14006, 'Institution not found.');
  return found;
};
const certified = (show: (institution: InstitutionEntity) => unknown): Handler => (request, context) => page(request, context, 'requestedDate', show);

export const institutionHandlers: Handlers = {
  GetInstitutions: (request, context) => page(request, context, 'createdDate', (one) => wire(one, hostOf(request))),
  GetCertifiedInstitutions: certified(certifiedWire),
  GetCertifiedInstitutionsWithRSSD: certified((one) => ({ ...certifiedWire(one), rssd: one.rssd && Number(one.rssd), childInstitutions: [] })),
  GetInstitution: (request, context) => ({ status: 200, json: { institution: wire(byId(request, context), hostOf(request)) } }),
  GetInstitutionBranding: (request, context) => {
    const branding = brandingOf(byId(request, context), hostOf(request));
    if (!branding) throw new ApiFault(404, 14006, 'Institution branding not found.');
    return { status: 200, json: { branding } };
  },
  GetInstitutionsByRoutingNumber: (request, { world, now }) => {
    // Declared a number, so a leading zero may be missing.
    const number = request.path.routing_number as string;
    if (!/^\d{8,9}$/.test(number)) throw new ApiFault(400, 20024, 'Invalid routing number');
    const found = world.institutions.filter(({ routingNumbers }) => routingNumbers.includes(number.padStart(9, '0')));
    if (found.length === 0) throw new ApiFault(404, 20000, 'Routing number not found');
    const institutions = found.map((one) => common(one, hostOf(request)));
    return { status: 200, json: { found: found.length, displaying: found.length, moreAvailable: false, createdDate: now(), institutions } };
  },
};
