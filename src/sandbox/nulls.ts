// Explicit nulls for what a record does not have. The live API sends them, far beyond what its description allows, and clients fall over
// them; which ones come is no operation's affair, so it is done to every successful JSON body alike, by the rule that the control plane sets.
import type { Schema, WireSchemas } from './wireSchemas.ts';

export const NULL_RULES = [
  /** What the handlers answer: null for what a person would look for, nothing for the rest of a long record. */
  'answered',
  /** Null for every absent property that api/ calls nullable. */
  'described',
  /** Null for every absent property that is not required, nullable or not: the worst that the live API has done. */
  'everywhere',
  /** No null where the property may be left out; what the official tests make of an answer before they read it. */
  'never',
] as const;
export type NullRule = (typeof NULL_RULES)[number];

export function withNulls(value: unknown, schema: Schema | undefined, schemas: WireSchemas, rule: NullRule): unknown {
  if (rule === 'answered' || !schema || typeof value !== 'object' || value === null) return value;
  const shape = schemas.fitting(schema, value);
  if (!shape) return value;
  if (Array.isArray(value)) return value.map((entry) => withNulls(entry, shape.items, schemas, rule));
  const known = Object.entries(value).filter(([, inner]) => inner !== undefined);
  const kept = rule === 'never' ? known.filter(([name, inner]) => inner !== null || shape.required.has(name)) : known;
  const record = Object.fromEntries(kept.map(([name, inner]) => [name, withNulls(inner, shape.properties.get(name), schemas, rule)]));
  if (rule === 'never') return record;
  for (const [name, inner] of shape.properties) {
    if (!Object.hasOwn(record, name) && !shape.required.has(name) && (rule === 'everywhere' || schemas.shapeOf(inner).nullable)) record[name] = null;
  }
  return record;
}
