// The schema of a request for the editor's JSON language: what completes and explains. What is missing, too short, too long or of another form
// is left out of it, since check.ts tells that in better words, and only when somebody has begun: the editor's language would mark a new form at
// once.
// Free of vscode.
import type { JsonSchema } from '../api/schemas.ts';
import { isRecord } from '../client/values.ts';

const told = new Set(['required', 'minLength', 'maxLength', 'pattern', 'format', 'minProperties']);
/** Their keys are names of fields. */
const maps = new Set(['properties', 'definitions']);

export function textSchema(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).flatMap(([key, value]): [string, unknown][] => {
    if (told.has(key)) return [];
    if (maps.has(key) && isRecord(value)) return [[key, Object.fromEntries(Object.entries(value).map(([name, one]) => [name, part(one)]))]];
    // Without what sets them apart, several branches may fit.
    if ((key === 'oneOf' || key === 'anyOf') && Array.isArray(value)) return [['anyOf', value.map(part)]];
    if (key === 'allOf' && Array.isArray(value)) return [[key, value.map(part)]];
    return [[key, key === 'items' || key === 'additionalProperties' ? part(value) : value]];
  }));
}

const part = (value: unknown): unknown => (isRecord(value) ? textSchema(value as JsonSchema) : value);
