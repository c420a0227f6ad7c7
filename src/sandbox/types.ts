// What every part of the sandbox agrees on: a request that has been routed and validated, a reply, a handler, and the context it works in.
// The sandbox knows api/ and never the client: each checks the other.
import type { OperationEntry, OperationId } from '../api/catalogue.ts';
import type { SandboxState } from './state.ts';
import type { World } from './world/world.ts';

/** A request that was routed, authenticated and validated against api/. */
export interface SandboxRequest {
  operation: OperationEntry;
  /** Path parameters, URL-decoded. */
  path: Readonly<Record<string, string>>;
  /** Query parameters as sent; defaults of the description are filled in, numbers are still text. */
  query: Readonly<Record<string, string>>;
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>;
  /** The parsed and validated body, as JSON has it when it came as XML; undefined when none was sent. */
  body: unknown;
  /** Media type the caller wants, by Accept (accept.ts); `xml` where the family then answers XML: handlers answer JSON all the same, the pipeline rewrites it. */
  accept: 'json' | 'xml' | 'pdf' | 'other';
  /** The partner that the token belongs to. */
  partnerId: string;
}

/** What a handler answers. `json` goes out as XML when the request's `accept` is that; explicit nulls stay in JSON unless the control plane says otherwise. */
export interface SandboxReply {
  status: number;
  json?: unknown;
  bytes?: { type: string; data: Uint8Array };
  text?: { type: string; data: string };
  headers?: Record<string, string>;
}

/** Thrown by handlers for an error of the API; the server turns it into the family's error shape and the wanted media type. */
export class ApiFault extends Error {
  readonly status: number;
  readonly code: number;
  readonly extra: Readonly<Record<string, unknown>>;
  constructor(status: number, code: number, message: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'ApiFault';
    this.status = status;
    this.code = code;
    this.extra = extra;
  }
}

export interface SandboxContext {
  state: SandboxState;
  world: World;
  /** The sandbox's clock, epoch seconds; it can be set and moved. */
  now(): number;
  /** Sends a webhook without holding up the reply; what became of it stands in the request log. */
  notify(delivery: WebhookDelivery): void;
}

export interface WebhookDelivery {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export type Handler = (request: SandboxRequest, context: SandboxContext) => SandboxReply | Promise<SandboxReply>;
/** Each family's file exports one of these; handlers/index.ts joins them and a test finds the operation that none answers. */
export type Handlers = Partial<Record<OperationId, Handler>>;
