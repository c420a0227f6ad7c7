// The rules for a customer's username and names, checked while they are typed. Free of vscode.
// Source: the description of NewCustomer.username (6 to 255 characters of a fixed set) and code 110039.

const allowed = /^[A-Za-z0-9!@.#$%&*_\-+]*$/;

/** What is wrong with a username, in words for the person typing it; undefined when it is good. */
export function usernameProblem(username: string): string | undefined {
  const stranger = [...username].find((character) => !allowed.test(character));
  if (stranger !== undefined) {
    const shown = stranger === ' ' ? 'A space' : `"${stranger}"`;
    return `${shown} is not allowed: use letters without accents, digits and ! @ . # $ % & * _ - +`;
  }
  if (username.length < 6) return `${6 - username.length} more character${username.length === 5 ? '' : 's'}: a username has at least 6.`;
  if (username.length > 255) return `${username.length - 255} too many: a username has at most 255 characters.`;
  return undefined;
}

/** What is wrong with a first or last name: it is longer than the 255 characters that the API takes. */
export const nameProblem = (name: string): string | undefined =>
  (name.length > 255 ? `${name.length - 255} too many: a name has at most 255 characters.` : undefined);

/** A hint that does not forbid: Mastercard advises against e-mail addresses. */
export function usernameHint(username: string): string | undefined {
  return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(username) ? 'Better no e-mail address: usernames appear in logs and reports.' : undefined;
}
