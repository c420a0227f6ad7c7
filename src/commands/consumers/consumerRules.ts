// What the fields of a consumer must look like, checked while they are typed. Free of vscode. Each returns what is wrong, or undefined.
// Source: the description of NewConsumer and code 10100 (SSN, telephone and e-mail format).

const digits = (text: string): string => text.replace(/\D/g, '');

export const stateProblem = (text: string): string | undefined => (/^[A-Za-z]{2}$/.test(text) ? undefined : 'Two letters, for example UT.');

export const zipProblem = (text: string): string | undefined => (/^\d{5}(-?\d{4})?$/.test(text) ? undefined : 'Five digits, or nine.');

export function ssnProblem(text: string): string | undefined {
  if (!/^[\d-]+$/.test(text)) return 'Digits only; hyphens may stand between them.';
  return digits(text).length === 9 ? undefined : `Nine digits; these are ${digits(text).length}.`;
}

export const phoneProblem = (text: string): string | undefined => {
  if (!/^[\d\s().+-]+$/.test(text)) return 'Digits; spaces, hyphens and brackets may stand between them.';
  return digits(text).length === 10 || (digits(text).length === 11 && digits(text).startsWith('1')) ? undefined : `Ten digits; these are ${digits(text).length}.`;
};

export const emailProblem = (text: string): string | undefined => (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text) ? undefined : 'Something like name@example.com.');

/** `{ year, month (1 is January), dayOfMonth }` of a date that exists; undefined otherwise. */
export function parseBirthday(text: string): { year: number; month: number; dayOfMonth: number } | undefined {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim());
  if (!match) return undefined;
  const [year, month, dayOfMonth] = match.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, dayOfMonth));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === dayOfMonth ? { year, month, dayOfMonth } : undefined;
}

export function birthdayProblem(text: string): string | undefined {
  const birthday = parseBirthday(text);
  if (!birthday) return 'A day that exists, as YYYY-MM-DD.';
  if (birthday.year < 1900) return 'After 1900.';
  return Date.UTC(birthday.year, birthday.month - 1, birthday.dayOfMonth) > Date.now() ? 'In the past.' : undefined;
}
