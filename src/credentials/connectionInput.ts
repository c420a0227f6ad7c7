// What a person may enter for a connection. Each check answers undefined or a text that names the field, the problem and what to do;
// no answer ever repeats a secret. Free of vscode.
import { randomBytes } from 'node:crypto';
import { checkBaseUrl, isLoopback } from '../client/baseUrl.ts';
import type { Environment } from './types.ts';

export const mastercardBaseUrl = 'https://api.finicity.com';

/** The environments a person can choose, in the order shown. */
export const environmentChoices: readonly { environment: Environment; label: string; detail: string }[] = [
  { environment: 'testDrive', label: 'Test Drive', detail: 'Mastercard\'s free plan: testing customers and the FinBank test institutions.' },
  { environment: 'production', label: 'Production', detail: 'Live customers and banks. The explorer asks before anything that is billed or changes data.' },
  { environment: 'custom', label: 'Own Base URL', detail: 'A proxy or a server of your own that speaks this API. Guarded like production.' },
];

const environmentNames: Record<Environment, string> = { sandbox: 'Sandbox', testDrive: 'Test Drive', production: 'Production', custom: 'Own base URL' };
export const environmentName = (environment: Environment): string => environmentNames[environment];

export function labelProblem(text: string, taken: readonly string[]): string | undefined {
  const label = text.trim();
  if (label === '') return 'Label: it is empty. Enter a name that you will recognise the connection by.';
  if (label.length > 60) return `Label: ${label.length} characters are too many. Use up to 60.`;
  if (taken.some((other) => other.toLowerCase() === label.toLowerCase())) return `Label: there is already a connection called "${label}". Choose another name.`;
  return undefined;
}

/** The URL without a closing slash, or what is wrong with it. The rule is the client's (client/baseUrl.ts); the words name the field. */
export function readBaseUrl(text: string): { url: string } | { problem: string } {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: `Base URL: it is empty. Enter an https address, for example ${mastercardBaseUrl}.` };
  let url: URL;
  try {
    url = new URL(trimmed);
  } catch {
    return { problem: `Base URL: this is not a complete address. Write it with its scheme, for example ${mastercardBaseUrl}.` };
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { problem: 'Base URL: only https is accepted. Begin with https://.' };
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    return { problem: 'Base URL: http would send your credentials unencrypted. Use https; http is for servers on this machine (127.0.0.1, localhost).' };
  if (url.username !== '' || url.password !== '') return { problem: 'Base URL: it holds a user name or password. Remove them; credentials are asked in the next steps.' };
  if (trimmed.includes('?') || trimmed.includes('#')) return { problem: 'Base URL: it holds a query or a fragment. End it before the ? or #.' };
  return { url: checkBaseUrl(trimmed).text };
}

export const baseUrlProblem = (text: string): string | undefined => {
  const read = readBaseUrl(text);
  return 'problem' in read ? read.problem : undefined;
};

export function partnerIdProblem(text: string): string | undefined {
  const id = text.trim();
  if (id === '') return 'Partner ID: it is empty. Copy it from your project on the Mastercard Developers page.';
  if (!/^\d+$/.test(id)) return 'Partner ID: it has characters other than digits. Copy the number, usually of 13 digits, from your Mastercard Developers project.';
  if (id.length > 20) return `Partner ID: ${id.length} digits are too many; it usually has 13. Copy it again from your Mastercard Developers project.`;
  return undefined;
}

export function partnerSecretProblem(text: string): string | undefined {
  if (text === '') return 'Partner secret: it is empty. Copy it from your project on the Mastercard Developers page.';
  if (text.trim() !== text) return 'Partner secret: it begins or ends with a space or a line break. Remove it.';
  if (text.length > 255) return 'Partner secret: it is longer than the 255 characters that the API allows. Copy it again.';
  return undefined;
}

/** The API's rules for a secret (12 to 255 characters, a letter, a digit, some signs), as advice: an old secret may predate them. */
export function partnerSecretHint(text: string): string | undefined {
  const odd: string[] = [];
  if (text.length < 12) odd.push('is shorter than 12 characters');
  if (!/[A-Za-z]/.test(text)) odd.push('has no letter');
  if (!/\d/.test(text)) odd.push('has no digit');
  if (/[^A-Za-z0-9!@#$%&*_+-]/.test(text)) odd.push('has a character that is not a letter, a digit or one of ! @ # $ % & * _ - +');
  return odd.length === 0 ? undefined : `Partner secret: this one ${odd.join(' and ')}, which the API does not issue today. Check that all of it was copied; Enter takes it as it is.`;
}

export function appKeyProblem(text: string): string | undefined {
  const key = text.trim();
  if (key === '') return 'App key: it is empty. Copy it from your project on the Mastercard Developers page.';
  if (/\s/.test(key)) return 'App key: it has a space or a line break inside. Copy it again as one piece.';
  if (!/^[\x21-\x7e]+$/.test(key)) return 'App key: it has characters that cannot be sent in a header. Copy it again.';
  return undefined;
}

export function appKeyHint(text: string): string | undefined {
  return /^[A-Za-z0-9]{20,}$/.test(text.trim()) ? undefined : 'App key: it is usually a run of 32 letters and digits. Check that all of it was copied; Enter takes it as it is.';
}

/** URL-safe and unlike any id before, so that a tab left open for a removed connection never reaches a new one of the same label. */
export function newConnectionId(label: string, random: () => string = () => randomBytes(3).toString('hex')): string {
  const words = label.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 30).replace(/-+$/, '');
  return `${words || 'connection'}-${random()}`;
}
