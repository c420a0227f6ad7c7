// Identity: owners in one line (v1), field by field (v3), and matched with claims. Quirks kept: v1 puts all owners in one upper-case
// string and answers 203 without a body where the bank asks something; matching has codes of its own (10002, 12017, 15001, 10030).
import type { AccountEntity } from '../entities.ts';
import { ApiFault } from '../types.ts';
import type { Handlers, SandboxRequest } from '../types.ts';
import { PASSING_CODES } from '../world/aggregation.ts';
import { theAccount } from './accountAccess.ts';
import { demandAccess, notOffered, unreachable } from './bankAccess.ts';
import type { Access, Money } from './bankAccess.ts';
import { insightsOf } from './identityInsights.ts';
import { addressScores, nameScores, sameEmail, samePhone } from './ownerMatching.ts';
import type { OwnerClaim } from './ownerMatching.ts';
import { addressLine, ownersOf } from './owners.ts';
import type { Owner, OwnerAddress } from './owners.ts';

/** The bank asks the person something. */
const ASKS = 185;
/** Errors of this family carry their status and a title in the body. */
const titled = (status: number, code: number, title: string, message = title) => new ApiFault(status, code, message, { status: String(status), title, level: 'error' });
const noOwner = () => titled(404, 12017, 'No Account Owners Details Found.');
export const OWNER: Access = { product: 'accountOwner', missing: noOwner };

export const identityHandlers: Handlers = {
  GetAccountOwner: (request, context) => {
    const account = theAccount(request, context);
    const refused = notOffered(account, OWNER, context);
    if (refused) throw refused;
    if (account.aggregationStatusCode === ASKS) return { status: 203 };
    const unread = unreachable(account);
    if (unread) throw unread;
    const owners = ownersOf(account, context);
    const [address] = owners[0]?.addresses ?? [];
    if (!address) throw noOwner();
    const ownerName = owners.map((owner) => owner.ownerName).join(' & ').toUpperCase();
    return { status: 200, json: { ownerName, ownerAddress: addressLine(address).toUpperCase(), asOfDate: context.now() } };
  },
  GetAccountOwnerDetails: (request, context) => {
    const account = theAccount(request, context);
    demandAccess(account, OWNER, context);
    return { status: 200, json: holdersOf(account, request.query.withInsights === 'true', context) };
  },
  AccountMatchingScoreDetails: (request, context) => {
    const account = context.state.accounts.of(request.path.customerId ?? '').find(({ id }) => id === request.path.accountId);
    if (!account) throw noOwner();
    const claim = claimOf(request);
    const refused = notOffered(account, OWNER, context);
    if (refused) throw refused;
    if (PASSING_CODES.has(account.aggregationStatusCode)) throw titled(408, 10030, 'Request timed out.', 'Please try again at a later time.');
    if (account.aggregationStatusCode !== 0) throw titled(400, 14020, 'Bad Request', 'Bad request: the account owner could not be read.');
    const insights = request.query.insights === 'true';
    return { status: 200, json: { holders: ownersOf(account, context).map((owner) => ({ ...scored(owner, claim), ...withInsights(owner, insights, context) })) } };
  },
};

export function holdersOf(account: AccountEntity, insights: boolean, context: Money) {
  return {
    holders: ownersOf(account, context).map((owner) => ({
      ...head(owner), addresses: owner.addresses.map((address) => wireAddress(address, 'USA')), emails: emailsOf(owner), phones: phonesOf(owner),
      ...withInsights(owner, insights, context),
    })),
  };
}

const withInsights = (owner: Owner, wanted: boolean, { world }: Money) => (wanted ? { identityInsights: insightsOf(owner, world.seed) } : {});

/** The body is whole here; a name of blanks is left to find. */
function claimOf({ body }: SandboxRequest): OwnerClaim {
  const claim = body as OwnerClaim;
  const blank = [claim.name.firstName, claim.name.lastName].some((part) => part.trim() === '');
  if (blank) throw titled(400, 15001, 'Missing required field', 'One of the specified fields is missing or blank.');
  return claim;
}

const head = ({ relationship, ownerName, firstName, lastName, suffix, business, confidence }: Owner) => ({
  relationship, ownerName, ...(business ? {} : { firstName, lastName }), ...(suffix ? { suffix } : {}),
  nameClassification: business ? 'business' : 'person', nameClassificationConfidenceScore: confidence,
});
const wireAddress = (address: OwnerAddress, country: string) => ({ ownerAddress: addressLine(address), ...address, country });
const emailsOf = ({ email, business }: Owner) => (email === undefined ? [] : [{ isPrimary: true, email, emailType: business ? 'Business' : 'Personal' }]);
const phonesOf = ({ phones }: Owner) => phones.map(({ type, phone }) => ({ type, country: '1', phone }));

function scored(owner: Owner, { name, address, phone, email }: OwnerClaim) {
  return {
    ...head(owner), nameScores: nameScores(name, owner),
    addresses: owner.addresses.map((held) => ({ ...wireAddress(held, 'US'), ...(address ? { addressScores: addressScores(address, held) } : {}) })),
    emails: emailsOf(owner).map((held) => ({ ...held, ...(email === undefined ? {} : { emailScores: { email: sameEmail(email, held.email) } }) })),
    phones: phonesOf(owner).map((held) => ({ ...held, ...(phone === undefined ? {} : { phoneScores: { phone: samePhone(phone, held.phone) } }) })),
  };
}
