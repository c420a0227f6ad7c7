// Words that tell a person's own data by the name of its field. One list for all who ask: presentation mode (rules.ts), and the requests,
// which mask such fields in their form and ask before saving them (requests/personal.ts). Names are compared in words: `consumerSsn` is
// "consumer ssn", so that "business name" holds no "ssn".

/** Social security and tax numbers, birthdays, account and card numbers, and what opens a door. */
export const identityWords = /\bssn\d*\b|\bsocial ?security|\btax ?id$|\b(i?tin|ein)$|\bpassport|\bdriver\w* ?licen[cs]e/;
export const birthWords = /\b(date ?of ?)?birth|\bdob\b/;
export const accountNumberWords = /\baccount ?number|\bcard ?number/;
export const secretWords = /\b(cvv|cvc)2?$|\bsecurity ?code$|\bpasswo?r?d|\bpwd$|\bpin$|\bsigning ?key|^(mfa ?)?answers?$/;

export const inWords = (name: string): string => name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/[\s_.-]+/g, ' ').trim().toLowerCase();
