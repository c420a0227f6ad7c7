// The operation catalogue: what api/ says of each operation, in one flat record. Free of vscode.
// The JSON is made by the build (scripts/api/catalogue.mjs) and read when it is first needed, never at activation.
import catalogueJson from './generated/catalogue.json' with { type: 'json' };
import type { operations } from './generated/types.d.ts';

/** Every described operation by its id. */
export type OperationId = keyof operations;

export interface ParameterEntry {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  /** JSON type; several are joined by `|`. */
  type: string;
  format?: string;
  enum?: readonly string[];
  /** Known values of a vocabulary that the wire leaves open. */
  suggestions?: readonly string[];
  /** What a number counts: `epoch-seconds` for a moment. */
  unit?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  description?: string;
}

export interface ReportKind {
  /** `type` of the report on the wire, e.g. `voa`. */
  type: string;
  /** Every type that the operation can make, where flags of its body choose; `type` is one of them. */
  types?: readonly string[];
  /** What the report's id ends in, e.g. `-voi`; empty for none. */
  idSuffix?: string;
  /** The report's name in words. */
  title: string;
  /** Whether it joins a portfolio. */
  portfolio?: boolean;
  /** Account types it can be made from; left out: all. */
  accounts?: readonly string[];
}

/** Where an operation takes a permissible purpose under the FCRA. */
export interface PurposeSlot {
  name: string;
  in: 'parameter' | 'body';
  required: boolean;
  /** Known codes; the vocabulary is open. */
  codes: readonly string[];
}

export interface OperationEntry {
  operationId: OperationId;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path template, e.g. `/aggregation/v1/customers/{customerId}`. */
  path: string;
  /** Family, as the public description tags it. */
  tag: string;
  tags?: readonly string[];
  summary: string;
  description?: string;
  /** The Python SDK's names (`tag.method`). */
  sdkNames: readonly string[];
  since?: string;
  removed?: string;
  deprecated: boolean;
  /** `unknown` means that no page states it; treat as possibly billed. */
  billable: 'yes' | 'no' | 'unknown';
  /** What is lost by calling it, in words; absent when nothing is. */
  destructive?: string;
  automation: 'allowed' | 'forbidden';
  /** Seconds a caller must be ready to wait. */
  timeoutSeconds: number;
  fcra: 'always' | 'conditional' | 'no';
  needs?: readonly ('consumer' | 'business')[];
  paging?: { by: 'record' | 'page' | 'offset'; items: string };
  report?: ReportKind;
  liveInstitution?: boolean;
  mfa?: boolean;
  testingOnly?: boolean;
  dataAccessTiers?: 'only' | 'never';
  sendsMail?: boolean;
  movesMoney?: boolean;
  firesWebhooks?: boolean;
  personalData?: boolean;
  undocumented?: boolean;
  /** Needs the app key alone, no token. */
  appKeyOnly?: boolean;
  purpose?: PurposeSlot;
  parameters: readonly ParameterEntry[];
  requestBody?: { schema?: string; required: boolean; mediaTypes: readonly string[] };
  /** Media types by status. */
  responses: Readonly<Record<string, readonly string[]>>;
}

export const catalogue = catalogueJson as unknown as readonly OperationEntry[];

const byId = new Map(catalogue.map((entry) => [entry.operationId, entry]));

/** The entry of a described operation. */
export function operation(id: OperationId): OperationEntry {
  const entry = byId.get(id);
  if (!entry) throw new Error(`"${id}" is not an operation of this API description.`);
  return entry;
}

/** The same for a name from outside (a file, a user): undefined when nothing is called so. Matches the operation id or an SDK name. */
export function findOperation(name: string): OperationEntry | undefined {
  return byId.get(name as OperationId) ?? catalogue.find((entry) => entry.sdkNames.includes(name));
}
