// What leaves the extension in words (the log, a notification, a copied error) passes here first. Known secrets are hidden wherever they
// stand; beyond them, whatever looks like one: header and field values, tokens, keys, social security numbers, e-mail addresses, and
// runs of nine and more digits (accounts, partner ids, customers). Over-hiding is fine here, under-hiding is not. Free of vscode.
import { cardNumbers, emailAddresses, socialSecurityNumbers } from '../masking/freeText.ts';

export const hidden = '«hidden»';

const names = 'finicity-app-key|finicity-app-token|app-key|app-token|appkey|app_key|partner_?secret|newpartnersecret|partner_?id|token|access_token|secret|'
  + 'signingkey|signing_key|password|passwd|pwd|authorization|proxy-authorization|cookie|set-cookie|ssn|taxid|accountnumber|realaccountnumber|account_number|mfaanswer';

const patterns: readonly [RegExp, string][] = [
  // Numbers first, before a field's value is cut at a space: social security numbers, card numbers, long runs.
  [socialSecurityNumbers, hidden],
  [cardNumbers, hidden],
  [/\d{9,}/g, hidden],
  // A field or header of a secret name, in JSON, in a header line, or in a query.
  [new RegExp(`(["']?\\b(?:${names})["']?\\s*[:=]\\s*)"(?:[^"\\\\]|\\\\.)*"`, 'gi'), `$1"${hidden}"`],
  [new RegExp(`(["']?\\b(?:${names})["']?\\s*[:=]\\s*)'(?:[^'\\\\]|\\\\.)*'`, 'gi'), `$1'${hidden}'`],
  [new RegExp(`\\b((?:${names})\\s*[:=]\\s*)(?!["'«])(?:(?:bearer|basic)\\s+)?[^\\s,;&"'}\\])]+`, 'gi'), `$1${hidden}`],
  [/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${hidden}`],
  // Credentials inside a URL.
  [/\b([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/@:]+:[^\s/@]+@/gi, `$1${hidden}@`],
  [emailAddresses, hidden],
  // Tokens and keys: a long run of letters and digits that has both. A UUID has hyphens and stays readable.
  [/\b(?=[A-Za-z0-9]*\d)(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]{20,}\b/g, hidden],
];

export interface Redactor {
  redact(text: string): string;
  /** Hides the known secrets alone, where ids must stay readable. */
  hideKnown(text: string): string;
  /** From now on this value is hidden wherever it stands, also URL-encoded or as JSON. Values under 4 characters are too common to hide. */
  hide(secret: string): void;
}

export function createRedactor(): Redactor {
  const known = new Set<string>();
  // The longest first, so that a secret within another leaves no remainder.
  const hideKnown = (text: string) => [...known].sort((a, b) => b.length - a.length).reduce((clean, secret) => clean.replaceAll(secret, hidden), text);
  return {
    hide(secret) {
      for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString('base64')])
        if (form.length >= 4) known.add(form);
    },
    hideKnown,
    redact: (text) => patterns.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), hideKnown(text)),
  };
}
