// The one text form in which both vaults keep a connection's three secrets: JSON with exactly these fields. Free of vscode.
import type { ConnectionSecrets } from './types.ts';

export function writeSecrets({ partnerId, partnerSecret, appKey }: ConnectionSecrets): string {
  return JSON.stringify({ partnerId, partnerSecret, appKey });
}

/** Undefined when the text is not what writeSecrets made: it was cut, edited, or belongs to another program. */
export function readSecrets(text: string): ConnectionSecrets | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { partnerId, partnerSecret, appKey } = value as Partial<Record<keyof ConnectionSecrets, unknown>>;
  const whole = typeof partnerId === 'string' && typeof partnerSecret === 'string' && typeof appKey === 'string';
  return whole ? { partnerId, partnerSecret, appKey } : undefined;
}
