// The last requests and webhooks, for people who point their own service here and wonder why it was refused. Holds no headers, no bodies
// and no credentials: the path, what became of it, and the reason in words.

export interface LogEntry {
  /** Real time, ISO 8601. */
  at: string;
  kind: 'request' | 'webhook';
  method: string;
  /** With the query for requests, without it for webhooks, whose addresses may carry secrets. */
  url: string;
  operationId?: string;
  status?: number;
  ms: number;
  /** Why it was refused or failed: the code and message, or what in the request differs from the description. */
  reason?: string;
  /** The fault rule that hit it. */
  fault?: string;
}

export interface RequestLog {
  add(entry: Omit<LogEntry, 'at'>): void;
  /** Newest first. */
  last(count: number): LogEntry[];
  clear(): void;
}

const KEPT = 500;

export function createRequestLog(): RequestLog {
  let entries: LogEntry[] = [];
  return {
    add: (entry) => {
      entries.push({ at: new Date().toISOString(), ...entry });
      if (entries.length > KEPT * 2) entries = entries.slice(-KEPT);
    },
    last: (count) => entries.slice(-Math.max(1, Math.min(count, KEPT))).reverse(),
    clear: () => {
      entries = [];
    },
  };
}
