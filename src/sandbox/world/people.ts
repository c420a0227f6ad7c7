// The seeded customers. Each is made from its index alone, so that any of 100,000 costs a microsecond when it is looked at and nothing
// before. The first dozen are fixed: every persona once, and the names that break careless code. A seeded username ends in index + 1.
import type { CustomerEntity, PersonaId } from '../entities.ts';
import { hashText, mix } from '../seedRandom.ts';
import { idSeries } from './ids.ts';
import { firmTrades, firmWords, firstNames, lastNames } from './names.ts';

export interface People {
  customerAt(index: number): CustomerEntity;
  /** The same customer's type, without making the rest. */
  typeAt(index: number): CustomerEntity['type'];
  indexOf(customerId: string): number;
  /** The index of a seeded username, or -1. */
  indexOfUsername(username: string): number;
}

interface Person {
  firstName?: string;
  lastName?: string;
  username?: string;
  type?: CustomerEntity['type'];
  persona: PersonaId;
}

const FIXED: readonly Person[] = [
  { firstName: 'Dana', lastName: 'Reyes', type: 'testing', persona: 'salaried' },
  { firstName: 'Marcus', lastName: 'Okafor', type: 'testing', persona: 'freelancer' },
  { firstName: 'Copperfield', lastName: 'Tires LLC', username: 'copperfield-tires', type: 'testing', persona: 'smallBusiness' },
  { firstName: 'Ingrid', lastName: 'Halvorsen', type: 'testing', persona: 'retired' },
  { firstName: 'Noah', lastName: 'Whitfield', type: 'testing', persona: 'student' },
  { firstName: 'Elena', lastName: 'Castañeda', type: 'active', persona: 'household' },
  { firstName: 'Zoë 🦊', lastName: 'Nuñez 🌵', username: 'zoe-fox', type: 'testing', persona: 'salaried' },
  { firstName: 'Ana', lastName: 'de la Fuente y Castañeda '.repeat(11).slice(0, 255), username: 'ana-long-name', type: 'testing', persona: 'household' },
  { username: 'no-name-given', type: 'testing', persona: 'salaried' },
  { firstName: '雪', lastName: '中村', username: 'yuki-nakamura', type: 'active', persona: 'freelancer' },
  { firstName: 'ليلى', lastName: 'منصور', username: 'leila-mansour', type: 'testing', persona: 'student' },
  { firstName: 'Séan', lastName: "O'Rourke-Sørensen", username: 'sean.orourke', type: 'active', persona: 'smallBusiness' },
];

const PERSONAS: readonly PersonaId[] = [
  'salaried', 'salaried', 'salaried', 'salaried', 'household', 'household', 'freelancer', 'freelancer', 'smallBusiness', 'retired', 'student',
];
/** Seeded customers were enrolled between these two moments: 2024-02-01 and 2025-09-30, whatever day it is now. */
const FIRST_ENROLLED = 1_706_745_600;
const ENROLLED_SPAN = 607 * 86_400;

const ascii = (text: string) => text.normalize('NFD').toLowerCase().replace(/ø/g, 'o').replace(/[^a-z]/g, '');
const asciiFirst = firstNames.map(ascii);
const asciiLast = lastNames.map(ascii);

/** In one of the ways partners make theirs up; the number at the end leads back to the customer. */
function usernameOf(style: number, first: string, last: string, number: number): string {
  if (style === 0) return `${first}.${last}${number}`;
  if (style === 1) return `${first}-${last}-${number}`;
  return style === 2 ? `${first[0]}${last}_${number}` : `cust-${String(number).padStart(6, '0')}`;
}

export function createPeople(seed: string, count: number): People {
  const ids = idSeries(seed, 'customer', 5);
  const base = mix(hashText(seed), hashText('people'));

  const nameOf = (index: number, roll: number): Person & { username: string } => {
    const fixed = FIXED[index];
    if (fixed) return { ...fixed, username: `${fixed.username ?? `${ascii(fixed.firstName ?? '')}-${ascii(fixed.lastName ?? '')}`}-${index + 1}` };
    const persona = PERSONAS[roll % PERSONAS.length] as PersonaId;
    const pick = mix(roll, 1);
    if (persona === 'smallBusiness' && pick % 3 > 0) {
      const word = firmWords[(pick >>> 4) % firmWords.length] as string;
      const trade = firmTrades[(pick >>> 12) % firmTrades.length] as string;
      return { firstName: word, lastName: trade, persona, username: `${ascii(word)}-${ascii(trade)}-${index + 1}` };
    }
    const first = (pick >>> 3) % firstNames.length;
    const last = (pick >>> 11) % lastNames.length;
    const [firstName, lastName, a, b] = [firstNames[first], lastNames[last], asciiFirst[first] as string, asciiLast[last] as string];
    return { firstName, lastName, persona, username: usernameOf(pick % 4, a, b, index + 1) };
  };

  const typeAt = (index: number) => FIXED[index]?.type ?? (mix(mix(base, index), 2) % 10 < 7 ? 'testing' : 'active');

  const customerAt = (index: number): CustomerEntity => {
    const roll = mix(base, index);
    const more = mix(roll, 2);
    const person = nameOf(index, roll);
    const createdDate = FIRST_ENROLLED + (mix(roll, 3) % ENROLLED_SPAN);
    const customer: CustomerEntity = {
      id: ids.at(index), username: person.username, type: typeAt(index),
      firstName: person.firstName, lastName: person.lastName, createdDate, persona: person.persona,
    };
    if (more % 3 === 0) customer.phone = `80155501${String((more >>> 8) % 100).padStart(2, '0')}`;
    if (more % 5 < 2) customer.email = `customer${index + 1}@example.com`;
    if (more % 4 === 0) customer.lastModifiedDate = createdDate + ((more >>> 4) % (45 * 86_400));
    return customer;
  };

  const indexOf = (id: string) => {
    const index = ids.indexOf(id);
    return index >= 0 && index < count ? index : -1;
  };
  const indexOfUsername = (username: string) => {
    const index = Number(/(\d{1,7})$/.exec(username)?.[1] ?? 0) - 1;
    return index >= 0 && index < count && customerAt(index).username === username ? index : -1;
  };
  return { customerAt, typeAt, indexOf, indexOfUsername };
}
