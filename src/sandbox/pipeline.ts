// From a request to a reply: route, app key, token, plan, media type, existence, parameters, body, handler, wire form. The order is the
// API's own and decides which of several errors a caller sees. What every family's answers have in common on the wire (XML, nulls) is done
// here, by the schemas of api/, so that handlers answer plain JSON. No HTTP here; server.ts reads and writes.
import type { OperationEntry } from '../api/catalogue.ts';
import { takesJson, wantedType } from './accept.ts';
import { errorReply, speaksXml, wrongAppKey } from './errors.ts';
import { checkExistence } from './existence.ts';
import { withNulls } from './nulls.ts';
import type { NullRule } from './nulls.ts';
import type { Partners, Plan } from './partners.ts';
import { DEMO_CREDENTIALS } from './partners.ts';
import { faultOf, generalCode } from './problems.ts';
import type { RouteResult } from './router.ts';
import { ApiFault } from './types.ts';
import type { Handlers, SandboxContext, SandboxReply, SandboxRequest } from './types.ts';
import { withoutNulls } from './validate.ts';
import type { Problem, Validator } from './validate.ts';
import type { WireSchemas } from './wireSchemas.ts';
import { bodyOf, writeXml } from './xmlBody.ts';
import { readXml, XmlError } from './xmlRead.ts';

export interface RawRequest {
  route: RouteResult;
  method: string;
  pathname: string;
  query: Record<string, string>;
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

export interface Outcome {
  reply: SandboxReply;
  /** For the request log. */
  reason?: string;
}

export interface PipelineParts {
  partners: Partners;
  validator: Validator;
  schemas: WireSchemas;
  handlers: Handlers;
  context: SandboxContext;
  /** Told of an error that is the sandbox's own. */
  onCrash(error: unknown): void;
}

export function createPipeline(parts: PipelineParts): (request: RawRequest) => Promise<Outcome> {
  return async (raw) => {
    const { route, pathname } = raw;
    const accept = wantedType(raw.headers.accept ?? '', pathname);
    try {
      if (!route.operation) return unknownRoute(raw, accept);
      const partnerId = admit(route.operation, raw, parts.partners);
      if (typeof partnerId !== 'string') return { reply: partnerId, reason: 'The app key is not valid, or its plan does not have this product' };
      checkMediaType(route.operation, raw, accept);
      const request = read(route.operation, route.path, raw, parts, partnerId, accept);
      const handler = parts.handlers[route.operation.operationId];
      if (!handler) throw new ApiFault(501, 501, `The sandbox does not answer ${route.operation.operationId} yet`);
      return { reply: onTheWire(await handler(request, parts.context), request, parts) };
    } catch (error) {
      if (error instanceof ApiFault) return { reply: refusal(error, raw, accept), reason: `${error.code} ${error.message}${noteOf(error)}` };
      parts.onCrash(error);
      return { reply: { status: 500, json: { code: 500, message: 'The sandbox failed to answer this request; its log says more' } }, reason: String(error) };
    }
  };
}

const notes = new WeakMap<ApiFault, string>();
const noteOf = (fault: ApiFault) => (notes.has(fault) ? ` (${notes.get(fault)})` : '');

function unknownRoute({ route, method, pathname }: RawRequest, accept: SandboxRequest['accept']): Outcome {
  const methods = 'methods' in route ? route.methods : [];
  const reason = methods.length > 0 ? `${method} is not described for this path; ${methods.join(', ')} are` : 'No described operation has this path';
  return { reply: errorReply(new ApiFault(404, 14001, 'Resource not found.'), pathname, accept), reason };
}

/** The partner that may call, or the gateway's refusal. */
function admit(operation: OperationEntry, { headers }: RawRequest, partners: Partners): string | SandboxReply {
  const key = headers['finicity-app-key'];
  if (!key) throw new ApiFault(401, 10026, 'Missing parameter (Finicity-App-Key)');
  const plan = partners.planOf(key);
  if (!plan) return wrongAppKey(operation.path);
  if (operation.appKeyOnly) return DEMO_CREDENTIALS.partnerId;
  const token = headers['finicity-app-token'];
  if (!token) throw new ApiFault(401, 10024, 'Missing parameter (Finicity-App-Token)');
  const partnerId = partners.partnerOf(token);
  return hasProduct(plan, operation) ? partnerId : wrongAppKey(operation.path);
}

function hasProduct(plan: Plan, { operationId, dataAccessTiers }: OperationEntry): boolean {
  if (plan === 'testDrive' && operationId === 'AddCustomer') return false;
  return dataAccessTiers === undefined || (dataAccessTiers === 'only') === (plan === 'dataTiers');
}

const isFile = ({ responses }: OperationEntry) => responses['200']?.includes('application/octet-stream') === true;

/** The operations that describe a 406 take JSON alone; the aggregation families have XML as well, and files whatever is asked for. */
function checkMediaType(operation: OperationEntry, { headers, pathname }: RawRequest, accept: SandboxRequest['accept']): void {
  const wanted = headers.accept ?? '';
  if ('406' in operation.responses && !takesJson(wanted)) throw new ApiFault(406, 20000, 'Only application/json is answered');
  const types = Object.entries(operation.responses).flatMap(([status, list]) => (status < '300' ? list : []));
  if (!speaksXml(pathname) || accept === 'json' || accept === 'xml' || types.length === 0 || types.some((type) => type !== 'application/json')) return;
  throw new ApiFault(406, 14025, `Not Acceptable.: [${wanted}]`, { xml: true });
}

/** A caller that takes nothing but a file cannot read an error either: it gets the status alone. */
function refusal(fault: ApiFault, { route, pathname }: RawRequest, accept: SandboxRequest['accept']): SandboxReply {
  if (route.operation && isFile(route.operation) && accept !== 'json' && accept !== 'xml') return { status: fault.status };
  return errorReply(fault, pathname, accept);
}

/** A successful JSON answer in the form that the caller asked for, with the nulls that the control plane's rule wants. */
function onTheWire(reply: SandboxReply, { operation, accept }: SandboxRequest, { schemas, context }: PipelineParts): SandboxReply {
  const { json, ...rest } = reply;
  if (json === undefined || reply.status >= 300) return reply;
  const schema = schemas.response(operation, reply.status);
  if (accept === 'xml') return { ...rest, text: { type: 'application/xml; charset=utf-8', data: writeXml(operation, json, schema, schemas) } };
  return { ...rest, json: withNulls(json, schema, schemas, context.state.bag<NullRule>('rules').get('explicitNulls') ?? 'answered') };
}

function read(
  operation: OperationEntry, path: Record<string, string>, raw: RawRequest, { validator, schemas, context }: PipelineParts, partnerId: string, accept: SandboxRequest['accept'],
): SandboxRequest {
  checkExistence(operation.operationId, path, context.state);
  const query = { ...raw.query };
  refuse(operation, validator.parameters(operation, path, query, raw.headers));
  const body = operation.requestBody ? parseBody(operation, raw, schemas) : undefined;
  refuse(operation, validator.body(operation, body), body);
  return { operation, path, query, headers: raw.headers, body, accept, partnerId };
}

function refuse(operation: OperationEntry, problem: Problem | undefined, body?: unknown): void {
  if (!problem) return;
  const fault = faultOf(operation, problem, body);
  notes.set(fault, `${problem.place}${problem.name ? ` ${problem.name}` : ''} ${problem.detail}`);
  throw fault;
}

/** JSON, or XML where the family speaks it. */
function parseBody(operation: OperationEntry, { body, headers, pathname }: RawRequest, schemas: WireSchemas): unknown {
  if (body.length === 0) return undefined;
  const isXml = /\bxml\b/i.test(headers['content-type'] ?? '');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    return withoutNulls(isXml && speaksXml(pathname) ? bodyOf(readXml(text), schemas.request(operation), schemas) : JSON.parse(text));
  } catch (error) {
    const fault = new ApiFault(400, generalCode(operation), 'The request body could not be read');
    notes.set(fault, error instanceof XmlError ? `the body is not XML as it is read here: ${error.message}` : isXml ? 'this family reads JSON bodies only, this one is XML' : 'the body is not JSON in UTF-8');
    throw fault;
  }
}
