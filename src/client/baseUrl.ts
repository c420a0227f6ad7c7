// Where credentials may travel: to an https host, or to this very machine for the sandbox. Checked once, when a client is made.
import { InvalidInputError } from './errors.ts';

export interface BaseUrl {
  /** Without a slash at its end; operation paths are appended. */
  text: string;
  /** Host and port, for messages. */
  host: string;
  port: number;
  loopback: boolean;
}

/** @throws InvalidInputError for any other scheme, plain http elsewhere, credentials, a query or a fragment. */
export function checkBaseUrl(value: string): BaseUrl {
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    throw refuse('is not a URL', 'Write it as https://host.');
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refuse('must start with https://', 'Write it as https://host.');
  if (url.username !== '' || url.password !== '') throw refuse('must not hold a user name or password', 'Remove what stands before the @.');
  if (url.search !== '' || url.hash !== '') throw refuse('must not hold a query or a fragment', 'Remove what follows the path.');
  const loopback = isLoopback(url.hostname);
  if (url.protocol === 'http:' && !loopback)
    throw refuse('must use https', 'Plain http is taken for this machine (localhost, 127.0.0.1, [::1]) only, because credentials travel with each call.');
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return { text: `${url.origin}${url.pathname.replace(/\/+$/, '')}`, host: url.host, port, loopback };
}

/** `hostname` as URL gives it: lower case, IPv4 in four plain numbers, IPv6 in brackets. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);

const refuse = (problem: string, advice: string) => new InvalidInputError('baseUrl', `The base URL ${problem}. ${advice}`);
