// What is recognized in text that was written freely, such as a bank's description of a transaction: e-mail addresses, social security, card,
// telephone and other long numbers, whom a person paid through a payment service, and names that are known from named fields. Names of people
// who stand in no field cannot be recognized. Every pattern reads a text once: no run of characters is begun at each of its places.

/** Shapes that are personal wherever they stand; platform/redaction.ts hides them in the log too. */
export const socialSecurityNumbers = /(?<!\d)\d{3}[- ]\d{2}[- ]\d{4}(?!\d)/g;
export const cardNumbers = /(?<!\d)\d{4}[- ]\d{4}[- ]\d{4}[- ]\d{1,4}(?!\d)/g;
export const emailAddresses = /(?<![A-Z0-9._%+-])[A-Z0-9._%+-]+@[A-Z0-9.-]+\.[A-Z]{2,}\b/gi;

const phoneNumbers = /(?<![\d-])(?:\+?1[-. ]?)?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?![\d-])/g;
/** Digits of other scripts are digits too. */
const longNumbers = /\p{Nd}{6,}/gu;
/** What a bank leaves of a number: XXXX1234, ...1234, ending in 1234. */
const endings = /(?<![x*•.…·])([x*•.…·]{2,}|…)[ -]?\d{2,6}(?!\d)|\b((?:ending|ends) in |acct\.? ?#? ?|account #? ?)\d{2,}/gi;
/** The rest after it says who: ZELLE TO JANE DOE. */
const paid = /\b(zelle|venmo|cash ?app|paypal|apple cash)\b(?:[^\n]{0,60}?\b(?:to|from)\b|[ *:-])[ :*-]{0,40}([^\n]+)/gi;
const queryValues = /([?&](?:search|user_?name|first_?name|last_?name|name|e?mail|phone|ssn|dob|birthday|account_?number)=)[^&\s"]+/gi;

export const hiddenPart = '••••';

/** A mask says how long the value is about, and nothing else. */
export const maskOf = (value: string): string => (value.length <= 4 ? hiddenPart : '••••••••');

export const isMask = (value: string): boolean => /^•+$/.test(value);

/** What nobody could mistake for anything else: fit for any text. */
export function withoutShapes(text: string): string {
  let clean = text;
  if (/\d/.test(clean)) clean = clean.replace(socialSecurityNumbers, hiddenPart).replace(cardNumbers, hiddenPart);
  if (clean.includes('@')) clean = clean.replace(emailAddresses, hiddenPart);
  return clean.includes('=') ? clean.replace(queryValues, `$1${hiddenPart}`) : clean;
}

/** The same for text that is known to be written freely. */
export function withoutPersonal(text: string): string {
  let clean = withoutShapes(text).replace(paid, (whole, _service, who: string) => `${whole.slice(0, whole.length - who.length)}${hiddenPart}`);
  if (/\p{Nd}/u.test(clean)) {
    clean = clean.replace(phoneNumbers, hiddenPart).replace(endings, (_whole, crosses?: string, words?: string) => `${crosses === undefined ? words ?? '' : ''}${hiddenPart}`).replace(longNumbers, hiddenPart);
  }
  return clean;
}
