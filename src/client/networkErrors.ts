// Tells apart, in plain words, what can go wrong below HTTP: refused, DNS, TLS, proxy, broken off, unreachable. Reads the codes of Node
// and undici, at any depth of `cause`, and the net:: names of the editor's own network stack.
import type { BaseUrl } from './baseUrl.ts';
import { NetworkError, TimeoutError } from './errors.ts';
import type { NetworkProblem } from './errors.ts';

interface Trace {
  code?: string;
  /** Where the failed connection went, when the system says so. */
  port?: number;
  text: string;
}

const problems: Readonly<Record<string, NetworkProblem>> = {
  ECONNREFUSED: 'refused', CONNECTION_REFUSED: 'refused',
  ENOTFOUND: 'dns', EAI_AGAIN: 'dns', EAI_NODATA: 'dns', EAI_FAIL: 'dns', NAME_NOT_RESOLVED: 'dns',
  ECONNRESET: 'reset', EPIPE: 'reset', ECONNABORTED: 'reset', UND_ERR_SOCKET: 'reset', UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'reset',
  CONNECTION_RESET: 'reset', CONNECTION_CLOSED: 'reset', EMPTY_RESPONSE: 'reset', CONTENT_LENGTH_MISMATCH: 'reset', INCOMPLETE_CHUNKED_ENCODING: 'reset',
  ETIMEDOUT: 'unreachable', UND_ERR_CONNECT_TIMEOUT: 'unreachable', EHOSTUNREACH: 'unreachable', ENETUNREACH: 'unreachable', ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable', INTERNET_DISCONNECTED: 'unreachable', ADDRESS_UNREACHABLE: 'unreachable', CONNECTION_TIMED_OUT: 'unreachable',
  EPROTO: 'tls', UND_ERR_PRX_TLS: 'proxy',
};

const tlsCode = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL|SSL_/;

export function toNetworkError(error: unknown, base: BaseUrl, operationId: string, timeoutMs: number): NetworkError | TimeoutError {
  const trace = follow(error);
  const { code } = trace;
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT')
    return new TimeoutError(`${operationId}: ${base.host} stopped answering. Try again.`, timeoutMs, operationId);
  const problem = classify(trace, base);
  const suffix = code === undefined ? '' : ` (${code})`;
  return new NetworkError(problem, `${operationId}: ${words[problem](base, code)}${suffix}. ${advice[problem](base)}`, code, operationId);
}

function classify({ code, port, text }: Trace, base: BaseUrl): NetworkProblem {
  if (/proxy response|http tunneling|PROXY_|TUNNEL_/i.test(`${text} ${code ?? ''}`)) return 'proxy';
  if (code === undefined) return /terminated|other side closed|socket hang up/i.test(text) ? 'reset' : 'other';
  const problem = problems[code] ?? (tlsCode.test(code) ? 'tls' : 'other');
  // A refusal at another port than the API's comes from the proxy that stands in between.
  return problem === 'refused' && port !== undefined && port !== base.port ? 'proxy' : problem;
}

const words: Readonly<Record<NetworkProblem, (base: BaseUrl, code?: string) => string>> = {
  refused: (base) => `${base.host} refuses the connection`,
  dns: (base) => `the name ${base.host} cannot be resolved`,
  tls: (base, code) => `no secure connection to ${base.host}: ${certificateWords(code)}`,
  proxy: () => 'the proxy does not let the request through',
  reset: (base) => `the connection to ${base.host} broke off before the answer was complete`,
  unreachable: (base) => `${base.host} cannot be reached`,
  other: (base) => `the request to ${base.host} failed`,
};

const advice: Readonly<Record<NetworkProblem, (base: BaseUrl) => string>> = {
  refused: (base) => (base.loopback ? 'Start the sandbox and check its port.' : 'Check the base URL and your firewall.'),
  dns: () => 'Check the network connection and the spelling of the base URL.',
  tls: () => 'If your network inspects traffic, add its certificate authority to the system\'s; never switch the check off.',
  proxy: () => 'Check the proxy\'s address and credentials in the editor\'s settings (http.proxy).',
  reset: () => 'Try again.',
  unreachable: () => 'Check the network connection, the VPN and the proxy.',
  other: () => 'Try again; if it stays, check the network connection and the proxy.',
};

function certificateWords(code = ''): string {
  if (code.includes('SELF_SIGNED') || code.includes('UNABLE_TO') || code.includes('AUTHORITY_INVALID')) return 'its certificate comes from an authority that this machine does not trust';
  if (code.includes('EXPIRED') || code.includes('NOT_YET_VALID') || code.includes('DATE_INVALID')) return 'its certificate is out of date, or this machine\'s clock is wrong';
  if (code.includes('ALTNAME') || code.includes('COMMON_NAME')) return 'its certificate is made out to another name';
  return 'the two sides cannot agree on encryption';
}

/** Collects code and port from an error, its causes and its parts; the first that has them wins. */
function follow(error: unknown): Trace {
  const trace: Trace = { text: '' };
  const queue: unknown[] = [error];
  for (let seen = 0; queue.length > 0 && seen < 12; seen++) {
    const at = queue.shift();
    if (typeof at !== 'object' || at === null) continue;
    const { code, port, message, cause, errors } = at as { code?: unknown; port?: unknown; message?: unknown; cause?: unknown; errors?: unknown };
    if (trace.code === undefined && typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code)) trace.code = code;
    if (trace.port === undefined && typeof port === 'number') trace.port = port;
    if (typeof message === 'string') trace.text += ` ${message}`;
    queue.push(cause, ...(Array.isArray(errors) ? (errors as unknown[]) : []));
  }
  trace.code ??= /net::ERR_([A-Z0-9_]+)/.exec(trace.text)?.[1];
  return trace;
}
