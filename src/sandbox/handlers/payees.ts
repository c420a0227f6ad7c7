// Finds who a transaction was with, what for, and where, from what the bank printed. It knows the merchants that the world itself draws
// from (world/merchants.ts) by the way a bank prints them, then banks' own phrases, category codes and the words of a trade. Each finding
// carries how much it explains. Nothing of the world's transactions is looked up: only the text counts.
import { bills, businessSuppliers, campus, cardProcessors, clients, employers, everyday, landlords, subscriptions } from '../world/merchants.ts';
import type { Merchant } from '../world/merchants.ts';
import { securityOf } from '../world/holdings.ts';
import { places } from '../world/names.ts';
import { categoryOfCode, PHRASES, TRADES, UNKNOWN_CATEGORY } from './payeeRules.ts';
import type { PhraseRule } from './payeeRules.ts';

export interface Clue {
  description: string;
  memo?: string;
  /** Magnitude, major units. */
  amount: number;
  inflow: boolean;
  /** What the caller knows of the merchant. */
  merchantName?: string;
  descriptor?: string;
  categoryCode?: string;
}

export interface Finding {
  payee?: string;
  category: string;
  /** 0 to 100: how sure the category, and the payee, is. */
  categoryScore: number;
  payeeScore: number;
  /** Who is in the merchants' table. */
  known: boolean;
  /** Such a payee usually comes back. */
  recurs: boolean;
  online: boolean;
  shop: boolean;
  store?: string;
  place?: { city: string; state: string };
  /** 0 to 100: how well the merchant's descriptor fits; only when it was what told the merchant. */
  descriptorScore?: number;
}

interface Known {
  /** As it may be printed: letters and single spaces. */
  key: string;
  name: string;
  category(inflow: boolean): string;
  merchant?: Merchant;
  recurs: boolean;
  online: boolean;
  shop: boolean;
}

const STATES = new Set((
  'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA '
  + 'WA WV WI WY DC').split(' '));
/** Added by card networks and banks around the merchant's own words. */
const ADDITIONS = /\b(CHECKCARD|POS|DEBIT|VISA|PURCHASE|RECURRING|PREAUTHORIZED|WEB PMTS?|PMTS?|ACH|CREDIT|DES|STORE|RETURN|SQ|TST)\b/g;

const letters = (text: string) => text.toUpperCase().replace(/[^A-Z]+/g, ' ').trim();
const compact = (text: string) => text.toUpperCase().replace(/[^A-Z]+/g, '');
const titled = (text: string) => text.toLowerCase().replace(/(^|[\s'-])[a-z]/g, (start) => start.toUpperCase());

const KNOWN: readonly Known[] = [
  ...[...everyday, ...subscriptions, ...bills, ...businessSuppliers, ...campus].flatMap((merchant) => merchantKeys(merchant)),
  ...employers.map((name) => party(name, (inflow) => (inflow ? 'Paycheck' : 'Business Services'), true)),
  ...clients.map((name) => party(name, () => 'Income', false)),
  ...landlords.map((name) => party(name, () => 'Mortgage & Rent', true)),
  ...cardProcessors.map((name) => party(name, (inflow) => (inflow ? 'Deposit' : 'Fees & Charges'), false)),
].sort((a, b) => b.key.length - a.key.length);

function merchantKeys(merchant: Merchant): Known[] {
  const online = /\.COM|WEB|SUBSCR|PREMIUM|DIGITAL|TRIP/.test(merchant.print) || merchant.category === 'Streaming Services';
  const base = {
    name: merchant.name, category: () => merchant.category, merchant, online, shop: !online && merchant.print.includes('#'),
    recurs: subscriptions.includes(merchant) || bills.includes(merchant),
  };
  const keys = new Set([letters(merchant.print.replace(/^(SQ|TST) ?\*/, '')), letters(merchant.name)]);
  return [...keys].map((key) => ({ ...base, key }));
}

function party(name: string, category: Known['category'], recurs: boolean): Known {
  return { key: letters(name), name, category, recurs, online: false, shop: false };
}

export function findPayee(clue: Clue): Finding {
  const trade = tradeIn(clue.description);
  if (trade) return trade;
  const place = placeIn(clue.description);
  const known = knownIn(clue.description) ?? knownIn(clue.merchantName) ?? knownIn(clue.memo);
  const described = clue.descriptor ? byDescriptor(clue.descriptor) : undefined;
  const found = known ?? described?.known;
  if (found) {
    const store = /\b(\d{3,6})\b/.exec(clue.description)?.[1];
    const descriptorScore = described && described.known.name === found.name ? described.score : undefined;
    return { ...ofKnown(found, clue), place: place ?? described?.place, store, descriptorScore };
  }
  return { ...byWords(clue, place), place };
}

/** A purchase, sale or dividend of a security that the world trades. */
function tradeIn(description: string): Finding | undefined {
  const [, what = '', ticker = ''] = /^(BUY|SELL|REINVEST DIVIDEND|DIVIDEND(?: RECEIVED)?) ([A-Z]{2,6})$/.exec(description.toUpperCase().trim()) ?? [];
  const payee = securityOf(ticker)?.name;
  if (!payee) return undefined;
  const category = what === 'SELL' ? 'Sell' : what.startsWith('DIVIDEND') ? 'Dividend & Cap Gains' : 'Buy';
  return { payee, category, categoryScore: 95, payeeScore: 95, known: false, recurs: false, online: false, shop: false };
}

// --- the merchants' table

/** The longest printed form that stands in the text as whole words. */
function knownIn(text: string | undefined): Known | undefined {
  if (!text) return undefined;
  const words = ` ${letters(text)} `;
  return KNOWN.find(({ key }) => words.includes(` ${key} `));
}

/** Name, city and state in one word, as the card message carries them. */
function byDescriptor(descriptor: string): { known: Known; score: number; place?: Finding['place'] } | undefined {
  const word = compact(descriptor);
  const known = KNOWN.find(({ key }) => word.startsWith(compact(key)));
  if (!known) return undefined;
  const rest = word.slice(compact(known.key).length);
  const at = places.find(([city, state]) => rest.endsWith(compact(city + state)));
  const explained = compact(known.key).length + (at ? compact(at[0] + at[1]).length : 0);
  return { known, score: Math.round((explained / word.length) * 100), place: at && { city: at[0], state: at[1] } };
}

function ofKnown(known: Known, { description, amount, inflow, categoryCode }: Clue): Finding {
  const category = inflow && /\bBONUS\b/i.test(description) ? 'Bonus' : known.category(inflow);
  const usual = known.merchant && amount >= known.merchant.low * 0.8 && amount <= known.merchant.high * 1.2;
  const agrees = categoryOfCode(categoryCode) === category;
  const share = known.key.length / Math.max(known.key.length, letters(description.replace(/\d.*$/, '')).length);
  return {
    payee: known.name, category, categoryScore: Math.min(99, 84 + (usual ? 8 : 0) + (agrees ? 6 : 0)), payeeScore: round(70 + 29 * share), known: true,
    recurs: known.recurs && category !== 'Bonus', online: known.online, shop: known.shop,
  };
}

// --- words alone

function byWords(clue: Clue, place: Finding['place']): Finding {
  const description = clue.description.toUpperCase().trim();
  const text = `${description} ${clue.memo?.toUpperCase() ?? ''}`.trim();
  const base = { known: false, recurs: false, online: /\.COM\b|\bWWW\b|\bONLINE\b/.test(text), shop: false };
  const fits = ({ says, way }: PhraseRule) => (says.test(description) || says.test(text)) && (way === undefined || (way === 'in') === clue.inflow);
  const phrase = PHRASES.find(fits);
  if (phrase) {
    const payee = phrase.payee ?? nameIn(description.split(phrase.says)[0] ?? '', undefined);
    return { ...base, payee, category: phrase.category, categoryScore: 82, payeeScore: phrase.payee ? 85 : 60, recurs: phrase.recurs ?? false, online: false };
  }
  const payee = clue.merchantName ? clue.merchantName.slice(0, 100) : nameIn(description, place);
  const code = categoryOfCode(clue.categoryCode);
  const trade = TRADES.find(([says]) => says.test(text) || says.test((clue.merchantName ?? '').toUpperCase()))?.[1];
  const shop = place !== undefined && !base.online;
  if (code) return { ...base, payee, category: code, categoryScore: trade === code ? 88 : 76, payeeScore: 50, shop };
  if (trade) return { ...base, payee, category: trade, categoryScore: 48, payeeScore: 40, shop };
  return { ...base, payee, category: clue.inflow ? 'Deposit' : UNKNOWN_CATEGORY, categoryScore: clue.inflow ? 20 : 5, payeeScore: 30, shop };
}

/** The merchant's words without the bank's, numbers and the place; undefined when nothing is left. */
function nameIn(text: string, place: Finding['place']): string | undefined {
  const without = place ? text.replace(new RegExp(`\\s${place.city.replace(/[^A-Za-z ]/g, '.')} ${place.state}\\b.*$`, 'i'), '') : text;
  const words = without.replace(/\d{1,2}\/\d{1,2}/g, ' ').replace(/^(SQ|TST|PAYPAL) ?\*/, '').replace(ADDITIONS, ' ').replace(/\S*\d\S*/g, ' ');
  const name = words.replace(/[^A-Z&' .-]+/g, ' ').replace(/\s+/g, ' ').trim();
  return /[A-Z]{2}/.test(name) ? titled(name).slice(0, 100) : undefined;
}

/** City and state at the end: a place of the world, or what follows a store's number. */
function placeIn(description: string): Finding['place'] {
  const text = description.toUpperCase().replace(/[\s\d/]+$/, '');
  const at = places.find(([city, state]) => text.endsWith(` ${city.toUpperCase()} ${state}`));
  if (at) return { city: at[0], state: at[1] };
  const [, city, state] = /\d\s+([A-Z][A-Z .'-]{2,40}) ([A-Z]{2})$/.exec(text) ?? [];
  return city && state && STATES.has(state) ? { city: titled(city), state } : undefined;
}

const round = (score: number) => Math.round(score * 100) / 100;
