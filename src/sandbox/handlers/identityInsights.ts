// Identity insights of a holder: what other sources would say of the e-mail address, number and address, reckoned from the holder's own
// data and the same at every call. Nothing is known of an IP address or a device, which no operation takes; `alerts` says so.
import { hashText, seedRandom, uuidFrom } from '../seedRandom.ts';
import { plain } from './owners.ts';
import type { Owner } from './owners.ts';

const CARRIERS = ['Northwind Wireless', 'Bluestem Mobile', 'Quarry Telecom'] as const;
const nanp = (phone: string) => phone.replace(/\D/g, '').replace(/^1(?=\d{10}$)/, '');

export function insightsOf(owner: Owner, seed: string): Record<string, unknown> {
  const random = seedRandom(seed, 'insights', owner.ownerName, owner.email ?? '', owner.phones[0]?.phone ?? '');
  const { email } = owner;
  const phone = owner.phones[0];
  const address = owner.addresses[0];
  const requestRefId = uuidFrom(random);
  const seen = { email: random.int(90, 2400), phone: random.int(1, 60), both: random.int(30, 900) };
  const emailOk = email !== undefined && /^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i.test(email);
  const phoneOk = phone !== undefined && /^[2-9]\d{9}$/.test(nanp(phone.phone));
  const names = [owner.lastName, owner.firstName, owner.ownerName].map((name) => plain(name ?? '')).filter((name) => name.length > 1);
  const named = emailOk && names.some((name) => plain(email).includes(name));
  const emailRisk = emailOk ? Math.round((named ? 0.05 : 0.3) * 100 + (hashText(email) % 10)) / 100 : 0.95;
  return {
    requestRefId,
    ...(email === undefined ? {} : {
      isEmailValid: emailOk, emailFirstSeenDays: emailOk ? seen.email : 0, emailToName: named ? 'match' : 'not-found', emailRisk,
      ...(emailOk ? { emailDomainCreationDate: domainDate(email) } : {}),
    }),
    ...(phone === undefined ? {} : {
      isPhoneValid: phoneOk, phoneLineType: phone.type === 'CELL' ? 'mobile' : 'landline', phoneCountryCode: 'US', phoneLastSeenDays: phoneOk ? seen.phone : 0,
      phoneEmailFirstSeenDays: phoneOk && emailOk ? Math.min(seen.both, seen.email) : 0,
      phoneToName: phoneOk ? 'match' : 'not-found', phoneToAddress: phoneOk ? 'postal-match' : 'no-match', ...(phoneOk ? { phoneCarrier: random.pick(CARRIERS) } : {}),
    }),
    addressValidityLevel: address ? 'valid' : 'missing_address', addressToName: address ? 'match' : 'not-found',
    identityRiskScore: Math.round(40 + emailRisk * 250 + (phoneOk ? 0 : 120)),
    warnings: [...(email !== undefined && !emailOk ? ['Email: General syntax error'] : []), ...(phone && !phoneOk ? ['Phone: number is not in use'] : [])],
    alerts: ['Unable to generate IP and device insights'],
  };
}

function domainDate(email: string): string {
  const domain = email.split('@')[1] ?? '';
  return new Date((800_000_000 + (hashText(domain.toLowerCase()) % 500_000_000)) * 1000).toISOString().replace(/T.*/, 'T00:00:00.000Z');
}
