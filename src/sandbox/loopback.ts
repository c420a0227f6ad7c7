// Which hosts are this machine, as a URL or a Host header names them: who may call the sandbox, and whom it may call without TLS.
const NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** @param hostname Without a port, in lower case; IPv6 in brackets. */
export const isThisMachine = (hostname: string): boolean => NAMES.has(hostname);
