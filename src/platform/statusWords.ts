// What the status bar's item says: the connection, whether its changes are held back, and in the tooltip what it has cost so far. Free of
// vscode; statusBar.ts draws it. The log-in counts are the ledger's, the billed calls the guard's.
import { environmentName } from '../credentials/connectionInput.ts';
import type { LedgerStatus } from '../credentials/lockoutLedger.ts';
import type { ConnectionRecord } from '../credentials/types.ts';
import { total, type Counted } from '../guard/billedCalls.ts';

export interface StatusFacts {
  record: ConnectionRecord;
  /** Epoch milliseconds until which changes are not asked about. */
  heldUntil?: number | undefined;
  /** Where the embedded sandbox answers, while it runs. */
  sandboxUrl?: string | undefined;
  /** What holds its secrets, in words. */
  vault?: string;
  failedSignIns?: LedgerStatus | undefined;
  counted: Counted;
  /** Billed calls of this window on other connections, the sandbox left out. */
  elsewhere: number;
}

/** A moment of today, as the person's clock shows it. */
export const timeOfDay = (epochMs: number, locale?: string): string => new Date(epochMs).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });

const notAsked = (heldUntil: number | undefined, locale?: string): string[] => (heldUntil === undefined ? [] : [`changes not asked until ${timeOfDay(heldUntil, locale)}`]);

export function statusText({ record, heldUntil }: StatusFacts, locale?: string): string {
  if (record.environment === 'sandbox') return '$(beaker) Sandbox';
  return [`$(account) ${record.label}`, environmentName(record.environment), ...(record.readOnly ? ['read-only'] : []), ...(record.signedOut ? ['signed out'] : []), ...notAsked(heldUntil, locale)].join(' · ');
}

/** For screen readers. */
export function statusLabel({ record, heldUntil }: StatusFacts, locale?: string): string {
  const facts = [record.label, environmentName(record.environment), ...(record.readOnly ? ['read-only'] : []), ...(record.signedOut ? ['signed out'] : []), ...notAsked(heldUntil, locale)];
  return `Open Banking connection: ${facts.join(', ')}. Switch connection.`;
}

/** The tooltip's rows, name and value. */
export function statusRows({ record, heldUntil, sandboxUrl, vault, failedSignIns }: StatusFacts, locale?: string): [string, string][] {
  const rows: [string, string][] = [['Environment', environmentName(record.environment)]];
  rows.push(['Base URL', record.baseUrl === '' ? sandboxUrl ?? 'on this machine, known once it runs' : record.baseUrl]);
  if (vault !== undefined) rows.push(['Secrets', record.signedOut ? 'none kept: signed out' : `in ${vault}`]);
  rows.push(['Changes', record.readOnly ? 'refused (read-only)' : heldUntil !== undefined ? `not asked about until ${timeOfDay(heldUntil, locale)}; what is lost, billed, paid or mailed is` : 'allowed, the explorer asks where it matters']);
  if (failedSignIns && failedSignIns.failures > 0) rows.push(['Failed sign-ins', `${failedSignIns.failures}; ${failedSignIns.remaining} left before the partner is locked`]);
  return rows;
}

/** What the calls of this window cost, a sentence a paragraph. */
export function statusCosts({ record, counted, elsewhere }: StatusFacts): string[] {
  const onSandbox = record.environment === 'sandbox' && total(counted.billed) > 0 ? '; would be billed on a real connection' : '';
  return [
    `Billable calls that succeeded in this session: ${counts(counted.billed)}${onSandbox}`,
    ...(counted.unknown.length > 0 ? [`Succeeded calls whose price is not published: ${counts(counted.unknown)}`] : []),
    ...(elsewhere > 0 ? [`Billable calls that succeeded on other connections: ${elsewhere}`] : []),
  ];
}

const mostNamed = 5;

/** `3 (GenerateVOAReport 2, GetAccountOwner 1)`. */
function counts(of: Counted[keyof Counted]): string {
  if (of.length === 0) return 'none';
  const named = of.slice(0, mostNamed).map(([operationId, count]) => `${operationId} ${count}`);
  const left = of.length - named.length;
  return `${total(of)} (${named.join(', ')}${left > 0 ? `, ${left} more operation${left === 1 ? '' : 's'}` : ''})`;
}
