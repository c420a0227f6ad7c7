// From a request to a reply: route, app key, token, plan, existence, parameters, body, handler. The order is the API's own and decides
// which of several errors a caller sees. No HTTP here; server.ts reads and writes.
import type { OperationEntry } from '../api/catalogue.ts';
import { errorReply, speaksXml, wrongAppKey } from './errors.ts';
import { checkExistence } from './existence.ts';
import type { Partners, Plan } from './partners.ts';
import { DEMO_CREDENTIALS } from './partners.ts';
import { faultOf, generalCode } from './problems.ts';
import type { RouteResult } from './router.ts';
import { ApiFault } from './types.ts';
import type { Handlers, SandboxContext, SandboxReply, SandboxRequest } from './types.ts';
import { withoutNulls } from './validate.ts';
import type { Problem, Validator } from './validate.ts';

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
      if (!route.operation) return unknownRoute(raw);
      const partnerId = admit(route.operation, raw, parts.partners);
      if (typeof partnerId !== 'string') return { reply: partnerId, reason: 'The app key is not valid, or its plan does not have this product' };
      const request = read(route.operation, route.path, raw, parts, partnerId, accept);
      const handler = parts.handlers[route.operation.operationId];
      if (!handler) throw new ApiFault(501, 501, `The sandbox does not answer ${route.operation.operationId} yet`);
      return { reply: await handler(request, parts.context) };
    } catch (error) {
      if (error instanceof ApiFault) return { reply: errorReply(error, pathname, accept), reason: `${error.code} ${error.message}${noteOf(error)}` };
      parts.onCrash(error);
      return { reply: { status: 500, json: { code: 500, message: 'The sandbox failed to answer this request; its log says more' } }, reason: String(error) };
    }
  };
}

const notes = new WeakMap<ApiFault, string>();
const noteOf = (fault: ApiFault) => (notes.has(fault) ? ` (${notes.get(fault)})` : '');

function unknownRoute({ route, method, pathname }: RawRequest): Outcome {
  const methods = 'methods' in route ? route.methods : [];
  const reason = methods.length > 0 ? `${method} is not described for this path; ${methods.join(', ')} are` : 'No described operation has this path';
  return { reply: errorReply(new ApiFault(404, 14001, 'Resource not found.'), pathname, 'json'), reason };
}

/** The partner that may call, or the gateway's refusal. */
function admit(operation: OperationEntry, { headers }: RawRequest, partners: Partners): string | SandboxReply {
  const key = headers['finicity-app-key'];
  if (!key) throw new ApiFault(401, 10026, 'Missing parameter (Finicity-App-Key)');
  const plan = partners.planOf(key);
  if (!plan) return wrongAppKey();
  if (operation.appKeyOnly) return DEMO_CREDENTIALS.partnerId;
  const token = headers['finicity-app-token'];
  if (!token) throw new ApiFault(401, 10024, 'Missing parameter (Finicity-App-Token)');
  const partnerId = partners.partnerOf(token);
  return hasProduct(plan, operation) ? partnerId : wrongAppKey();
}

function hasProduct(plan: Plan, { operationId, dataAccessTiers }: OperationEntry): boolean {
  if (plan === 'testDrive' && operationId === 'AddCustomer') return false;
  return dataAccessTiers === undefined || (dataAccessTiers === 'only') === (plan === 'dataTiers');
}

function read(
  operation: OperationEntry, path: Record<string, string>, raw: RawRequest, { validator, context }: PipelineParts, partnerId: string, accept: SandboxRequest['accept'],
): SandboxRequest {
  checkExistence(operation.operationId, path, context.state);
  const query = { ...raw.query };
  refuse(operation, validator.parameters(operation, path, query, raw.headers));
  const body = operation.requestBody ? parseBody(operation, raw) : undefined;
  refuse(operation, validator.body(operation, body));
  return { operation, path, query, headers: raw.headers, body, accept, partnerId };
}

function refuse(operation: OperationEntry, problem: Problem | undefined): void {
  if (!problem) return;
  const fault = faultOf(operation, problem);
  notes.set(fault, `${problem.place}${problem.name ? ` ${problem.name}` : ''} ${problem.detail}`);
  throw fault;
}

function parseBody(operation: OperationEntry, { body, headers }: RawRequest): unknown {
  if (body.length === 0) return undefined;
  try {
    return withoutNulls(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)));
  } catch {
    const fault = new ApiFault(400, generalCode(operation), 'The request body could not be read');
    notes.set(fault, /xml/i.test(headers['content-type'] ?? '') ? 'the sandbox reads JSON bodies only, this one is XML' : 'the body is not JSON in UTF-8');
    throw fault;
  }
}

/** By Accept. The aggregation family answers errors in XML unless JSON is asked for; the others speak JSON whatever is asked. */
function wantedType(accept: string, pathname: string): SandboxRequest['accept'] {
  const wanted = accept.toLowerCase();
  if (wanted.includes('application/pdf')) return 'pdf';
  if (wanted.includes('json')) return 'json';
  if (wanted === '' || wanted.includes('*/*') || wanted.includes('xml')) return speaksXml(pathname) ? 'xml' : 'json';
  return 'other';
}
