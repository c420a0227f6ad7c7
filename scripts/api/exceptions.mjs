// Where our description knowingly differs from the official one: api/exceptions.yaml, each entry with its reason. An entry names an
// operation, a place and what differs; `*` stands for any part of one step, `**` in a place for any number of steps.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { root } from '../paths.mjs';
import { InputError } from './openapi.mjs';

export const exceptionsFile = join(root, 'api/exceptions.yaml');

const escaped = (text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

/** A place pattern as an expression: `/responses/*` + `/**` + `/code`. */
export function placePattern(pattern) {
  const steps = pattern.split('/').slice(1).map((step) => (step === '**' ? '(?:/[^/]+)*' : `/${escaped(step).replaceAll('*', '[^/]*')}`));
  return new RegExp(`^${steps.join('')}$`);
}
const namePattern = (pattern) => new RegExp(`^${escaped(pattern).replaceAll('*', '.*')}$`);

/**
 * What an exception holds for, as a test of a difference. What it says of our value is passed over where there is none to see (on the wire).
 * @param {any} entry
 */
export function matcher(entry) {
  const { operation = '*', place, what, ours, theirs } = entry;
  const operations = [operation].flat().map(namePattern);
  const places = [place].flat().map(placePattern);
  const kinds = what === undefined ? undefined : [what].flat();
  const told = (wanted, value) => wanted === undefined || (wanted === 'none' ? value === undefined || value === false : JSON.stringify(wanted) === JSON.stringify(value));
  return (difference) => operations.some((one) => one.test(difference.operation)) && places.some((one) => one.test(difference.place))
    && (!kinds || kinds.includes(difference.what)) && (!('ours' in difference) || told(ours, difference.ours)) && told(theirs, difference.theirs);
}

export async function readExceptions(file = exceptionsFile) {
  const parsed = parseDocument(await readFile(file, 'utf8'));
  if (parsed.errors.length > 0) throw new InputError(`${file}: not YAML: ${parsed.errors[0].message.split('\n')[0]}`);
  const document = parsed.toJS();
  for (const entry of [...(document.exceptions ?? []), ...(document.wire ?? []), ...(document.sdk ?? [])]) {
    if (entry.place === undefined || typeof entry.reason !== 'string' || entry.reason.trim() === '')
      throw new InputError(`${file}: an exception needs a place and a reason: ${JSON.stringify(entry)}`);
  }
  return { against: document.against, exceptions: document.exceptions ?? [], wire: document.wire ?? [], sdk: document.sdk ?? [] };
}

/** Sorts differences into those that an exception explains and the rest; `stale` are the exceptions that explained nothing. */
export function sift(differences, exceptions) {
  const tests = exceptions.map((entry) => ({ entry, holds: matcher(entry), used: 0 }));
  const open = differences.filter((difference) => {
    const hits = tests.filter(({ holds }) => holds(difference));
    for (const hit of hits) hit.used++;
    return hits.length === 0;
  });
  return { open, explained: differences.length - open.length, stale: tests.filter(({ used }) => used === 0).map(({ entry }) => entry), counts: tests.map(({ entry, used }) => ({ entry, used })) };
}
