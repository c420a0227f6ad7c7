// What is personal, by a field's name and where it stands. Rules: what names itself (`ownerName`, `businessZip`) is masked wherever it stands; a
// name that says little (`name`, `city`, `phone`) goes by the nearest thing around it that says whose it is. Institutions, employers,
// merchants and the partner itself are no persons and stay; ids stay, since nobody can work without them; a firm that is a customer is masked
// like a person. What people or banks wrote freely is kept but for what is recognized in it (freeText.ts).
import { accountNumberWords, birthWords, identityWords, inWords, secretWords } from './words.ts';

/** What is masked whole. `called` is what somebody is called by, or calls something by, and is no name to be found in texts. */
export type Kind = 'name' | 'called' | 'business' | 'account' | 'identity' | 'birth' | 'address' | 'phone' | 'email' | 'device' | 'secret';
/** `text` is written freely; `other` says nothing by its name, so only what is unmistakable in it is masked. */
export type Decision = Kind | 'text' | 'other';

/** Whose a field is, by what stands around it. */
export type Zone = 'person' | 'business' | 'public' | 'account' | 'scores' | 'mail' | 'credentials' | 'value' | 'custom' | 'none';

const zones: readonly (readonly [zone: Zone, names: RegExp])[] = [
  ['scores', /\bscores$/],
  ['business', /^(business|businesses|business details|end user)$/],
  ['person', /^((account |co )?(owner|holder|borrower)s?|employees?|consumers?|consumer details|customers?|applicants?|person|people|users?|guarantors?|beneficiar(y|ies)|recipients?)$/],
  ['public', new RegExp([
    '\\binstitutions?( details)?$|^employers?( address)?$|merchant|^(transactions?|location matches|categorization|entities|providers?|misc deposits)$',
    '^(applications?|events?|metrics|data scopes|disclosures|deductions|earnings|pay stat|elements)$',
  ].join('|'))],
  ['account', /^(accounts?|account (details?|summaries|identity)|cards?|payment methods|distributions|direct deposits)$/],
  ['mail', /^email config$/],
  ['credentials', /^(credentials|login (form|fields?))$/],
  ['value', /^(geolocation|descriptors)$/],
  ['custom', /^report custom fields$/],
];

/** The zone that a field opens, if any. */
export const zoneOf = (name: string): Zone | undefined => {
  const own = inWords(name);
  return zones.find(([, names]) => names.test(own))?.[0];
};

const whose = '(owner|holder|business|borrower|customer|consumer|applicant|employee|person|home|mailing|billing|residential|contact|recipient|beneficiary)';
const names = /^(first|last|middle|given|family|full|maiden|legal|preferred|(ml |account |co )?(owner|holder|borrower)|signer|customer|consumer|applicant|employee|contact|recipient|beneficiary) ?names?$|^((account|co) )?(owners?|holders?|borrowers?)$/;
const callings = /^(account )?nick ?name$|^(user ?name|suffix|search|dispute statement|dba)$/;
const addresses = /^(street.*|\w* ?address(es)?( ?line)? ?\d?|(address )?line ?\d|\w* ?(city|zip( ?code)?|postal ?code|state|county)|latitude|longitude)$/;
const phones = /^(\w+ )?(phones?|telephones?|mobile|cell|fax)( ?(number|no))?$/;
const emails = /^(\w+ )?e ?mails?( address(es)?)?$/;
/** Of the partner, or of who is paid: what everybody may know. */
const everybodys = /^(institution|employer|merchant|support|account payment|group payment|loan payment)\b/;
const accountNumbers = /^account last ?(four|4)$|^ends with$|^(loan|group) number$|\bpayment number$|\brouting( transit)? ?(number|no)$|^loan award id$|\biban$|^last ?(four|4)( digits)?$/;
const devices = /^(ip address|u ?device id|device id|client fingerprint)$/;
const secrets = /\b(token|secret)$|^encrypted value$/;
const freely = new RegExp([
  '^(transaction )?description$|^(memo|notes?|message|text|title|subject|payor|payee|payer|normalized payee( name)?|name|value|label|detail|comments?)$',
  '^(best representation|account (name|type name)|status description|merchant descriptor|purpose statement|user message|explained)$',
].join('|'));

/** What to do with a value by its field's name. */
export function decide(name: string, zone: Zone): Decision {
  const own = inWords(name);
  if (zone === 'scores') return 'other';
  if (identityWords.test(own) || /^(government|legal entity) ?id$/.test(own)) return 'identity';
  if (birthWords.test(own) || own === 'age') return 'birth';
  if (accountNumberWords.test(own) || accountNumbers.test(own) || own === 'number') return 'account';
  if (secretWords.test(own) || secrets.test(own)) return 'secret';
  if (devices.test(own)) return 'device';
  if (names.test(own)) return 'name';
  if (callings.test(own)) return 'called';
  if (/^(business|firm|company|legal business) ?name$/.test(own)) return 'business';
  const place = byPlace(own, zone);
  return place ?? (freely.test(own) ? 'text' : 'other');
}

/** Names that are somebody's or everybody's. */
function byPlace(own: string, zone: Zone): Decision | undefined {
  if (own === 'name') return zone === 'person' ? 'name' : zone === 'business' ? 'business' : undefined;
  if (zone === 'mail' && own === 'to') return 'email';
  if (own === 'value') return zone === 'credentials' ? 'secret' : zone === 'value' ? 'address' : undefined;
  if (own === 'expiry') return zone === 'account' ? 'secret' : undefined;
  if (own === 'url' || own === 'website') return zone === 'business' ? 'business' : undefined;
  const kind = emails.test(own) ? 'email' : phones.test(own) ? 'phone' : addresses.test(own) ? 'address' : undefined;
  if (kind === undefined || everybodys.test(own)) return undefined;
  return zone === 'public' && !new RegExp(`^${whose}\\b`).test(own) ? undefined : kind;
}

/** Whether everything in an object of this name is of that kind: a birthday in three numbers, a name in parts. */
export const holdsAll = (decision: Decision): decision is Kind => ['name', 'birth', 'identity', 'account', 'secret'].includes(decision);
