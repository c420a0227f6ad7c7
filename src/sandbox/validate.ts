// Checks a request against api/: parameters by the catalogue, bodies by JSON Schema. It says what is wrong and where; which of the API's
// codes that is stands in problems.ts. Null counts as left out, as it does for callers whose serialisers write every field.
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv';
import type { OperationEntry, ParameterEntry } from '../api/catalogue.ts';

export interface Problem {
  kind: 'missing' | 'invalid';
  place: 'body' | 'query' | 'path' | 'header';
  /** The parameter, or the body field by its dotted path; empty for the body as a whole. */
  name: string;
  /** JSON Schema's word for what failed: required, type, minimum, pattern … */
  keyword: string;
  detail: string;
}

export interface Validator {
  /** Fills in the defaults of left-out query parameters. */
  parameters(operation: OperationEntry, path: Record<string, string>, query: Record<string, string>, headers: Readonly<Record<string, string>>): Problem | undefined;
  body(operation: OperationEntry, body: unknown): Problem | undefined;
}

interface ApiDocument {
  paths: Record<string, Record<string, { requestBody?: { $ref?: string; content?: unknown } }>>;
  components?: { requestBodies?: Record<string, unknown> };
}

const FORMATS: Record<string, RegExp | true> = {
  date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/i,
  email: /^[^@\s]+@[^@\s]+$/, uri: /^[a-z][a-z\d+.-]*:\S+$/i, uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
  int32: true, int64: true, float: true, double: true, byte: true, binary: true, password: true,
};

export function createValidator(document: unknown): Validator {
  const api = document as ApiDocument;
  const compiled = new Map<string, ValidateFunction | undefined>();
  let ajv: Ajv2020 | undefined;

  const compile = (operation: OperationEntry): ValidateFunction | undefined => {
    const escape = (text: string) => text.replaceAll('~', '~0').replaceAll('/', '~1');
    const method = operation.method.toLowerCase();
    const declared = api.paths[operation.path]?.[method]?.requestBody;
    const media = operation.requestBody?.mediaTypes.find((type) => type.includes('json'));
    if (!declared || !media) return undefined;
    const pointer = declared.$ref ?? `#/paths/${escape(operation.path)}/${method}/requestBody`;
    if (!ajv) {
      ajv = new Ajv2020({ strict: false, allErrors: true, logger: false, formats: FORMATS, validateSchema: false });
      ajv.addSchema(api as object, 'api');
    }
    return ajv.compile({ $ref: `api${encodeURI(pointer)}/content/${escape(media)}/schema` });
  };

  return {
    parameters: (operation, path, query, headers) => {
      for (const parameter of operation.parameters) {
        const values = parameter.in === 'path' ? path : parameter.in === 'query' ? query : headers;
        const value = values[parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name];
        if (value === undefined || value === '') {
          if (parameter.required) return { kind: 'missing', place: parameter.in, name: parameter.name, keyword: 'required', detail: 'is missing' };
          if (parameter.in === 'query' && parameter.default !== undefined) query[parameter.name] = String(parameter.default);
          continue;
        }
        const wrong = checkText(parameter, value);
        if (wrong) return { kind: 'invalid', place: parameter.in, name: parameter.name, ...wrong };
      }
      return undefined;
    },
    body: (operation, body) => {
      if (!operation.requestBody || (body === undefined && !operation.requestBody.required)) return undefined;
      if (!compiled.has(operation.operationId)) compiled.set(operation.operationId, compile(operation));
      const check = compiled.get(operation.operationId);
      if (!check) return undefined;
      // What an empty object would lack is told by name; where it would do, the body itself must still be there.
      if (!check(body ?? {})) return firstProblem(check.errors ?? []);
      return body === undefined ? { kind: 'missing', place: 'body', name: 'body', keyword: 'required', detail: 'is missing' } : undefined;
    },
  };
}

/** A parameter's text against its declared type, range and pattern. */
function checkText(parameter: ParameterEntry, value: string): { keyword: string; detail: string } | undefined {
  const types = parameter.type.split('|');
  const numeric = types.includes('integer') || types.includes('number');
  if (numeric && !types.includes('string')) {
    const number = Number(value);
    const whole = types.includes('integer') && !types.includes('number');
    const { minimum, maximum } = parameter;
    if (!/^[+-]?\d+(\.\d+)?$/.test(value) || (whole && !Number.isSafeInteger(number))) return { keyword: 'type', detail: `must be ${parameter.type}` };
    if (minimum !== undefined && number < minimum) return { keyword: 'minimum', detail: `must be at least ${minimum}` };
    if (maximum !== undefined && number > maximum) return { keyword: 'maximum', detail: `must be at most ${maximum}` };
    return undefined;
  }
  if (parameter.type === 'boolean' && value !== 'true' && value !== 'false') return { keyword: 'type', detail: 'must be true or false' };
  if (parameter.enum && !parameter.enum.includes(value)) return { keyword: 'enum', detail: `must be one of ${parameter.enum.join(', ')}` };
  const { minLength = 0, maxLength = Infinity } = parameter;
  if (value.length < minLength) return { keyword: 'minLength', detail: `must have at least ${minLength} characters` };
  if (value.length > maxLength) return { keyword: 'maxLength', detail: `must have at most ${maxLength} characters` };
  if (parameter.pattern && !new RegExp(parameter.pattern, 'u').test(value)) return { keyword: 'pattern', detail: `must match ${parameter.pattern}` };
  return undefined;
}

/** Missing fields come before wrong ones; the API names one at a time. */
function firstProblem(errors: readonly ErrorObject[]): Problem {
  const error = errors.find((one) => one.keyword === 'required') ?? errors[0];
  const at = (error?.instancePath ?? '').split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (error?.keyword === 'required') {
    const name = [...at, String(error.params.missingProperty)].join('.');
    return { kind: 'missing', place: 'body', name, keyword: 'required', detail: 'is missing' };
  }
  return { kind: 'invalid', place: 'body', name: at.join('.'), keyword: error?.keyword ?? 'unknown', detail: error?.message ?? 'is not accepted' };
}

/** The body without its nulls, at every depth. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, withoutNulls(inner)]])));
}
