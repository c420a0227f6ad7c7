// The extension's log, in the editor's Output under its own name. Every text passes the redaction; a call is one line without ids,
// values or bodies. Takes the part of `vscode.LogOutputChannel` that it uses.
import type { CallRecord } from '../client/types.ts';
import type { Redactor } from './redaction.ts';

/** The part of `vscode.LogOutputChannel` that is used. */
export interface LogChannel {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
  debug(message: string): void;
  show(preserveFocus?: boolean): void;
}

export interface Log {
  info(message: string): void;
  warn(message: string): void;
  debug(message: string): void;
  /** What was being done, and the error with the chain of its causes; no stack. */
  error(doing: string, error: unknown): void;
  call(record: CallRecord, connectionLabel: string): void;
  /** Hides a value from all that is logged from now on. */
  hide(secret: string): void;
  /** The text as it may be shown or copied. */
  clean(text: string): string;
  /** Hides known secrets alone: ids stay readable. */
  hideKnown(text: string): string;
  show(): void;
}

export function createLog(channel: LogChannel, redactor: Redactor): Log {
  const clean = (text: string) => redactor.redact(text);
  return {
    info: (message) => channel.info(clean(message)),
    warn: (message) => channel.warn(clean(message)),
    debug: (message) => channel.debug(clean(message)),
    error: (doing, error) => channel.error(clean(`${doing}: ${errorLine(error)}`)),
    call: (record, connectionLabel) => channel[record.outcome === 'failed' ? 'warn' : 'info'](clean(callLine(record, connectionLabel))),
    hide: (secret) => redactor.hide(secret),
    clean,
    hideKnown: (text) => redactor.hideKnown(text),
    show: () => channel.show(true),
  };
}

export function callLine(record: CallRecord, connectionLabel: string): string {
  const parts = [`[${connectionLabel}] ${record.operationId} ${record.method} ${record.path}`];
  parts.push(record.status === undefined ? record.outcome : `${record.status} ${record.outcome}`);
  if (record.code !== undefined) parts.push(`code ${record.code}`);
  parts.push(`${Math.round(record.durationMs)} ms`);
  if (record.size !== undefined) parts.push(`${record.size} bytes`);
  if (record.attempt > 1) parts.push(`attempt ${record.attempt}`);
  return parts.join(' · ');
}

/** An error and its causes in one line: name, message, system code, and what a vault said in detail. */
export function errorLine(error: unknown): string {
  const parts: string[] = [];
  for (let at: unknown = error; at !== undefined && at !== null && parts.length < 5; at = at instanceof Error ? at.cause : undefined) {
    if (!(at instanceof Error)) {
      parts.push(String(at));
      continue;
    }
    const { code, detail } = at as Error & { code?: unknown; detail?: unknown };
    const extras = [code, detail].filter((extra) => (typeof extra === 'string' && extra !== '') || typeof extra === 'number');
    parts.push(`${at.name}: ${at.message}${extras.length > 0 ? ` (${extras.join(', ')})` : ''}`);
  }
  return parts.join(' ← ');
}
