// A private certificate authority and certificates of it, made anew for each test by the openssl program; nothing of them is kept.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];

export interface Authority {
  /** Path of its certificate, PEM. */
  file: string;
  /** Key and certificate (PEM) made out to a host name. */
  certify(host: string): Promise<{ key: string; cert: string }>;
}

/** Makes an authority in a folder of the caller's. */
export async function makeAuthority(folder: string, name: string): Promise<Authority> {
  const path = (file: string) => join(folder, `${name}-${file}`);
  const [file, secret] = [path('ca.pem'), path('ca.key')];
  await run('openssl', ['req', '-x509', ...key, '-subj', `/CN=Test authority ${name}`, '-keyout', secret, '-out', file,
    '-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign']);
  return {
    file,
    async certify(host) {
      const [cert, own] = [path(`${host}.pem`), path(`${host}.key`)];
      await run('openssl', ['req', '-x509', ...key, '-subj', `/CN=${host}`, '-CA', file, '-CAkey', secret, '-keyout', own, '-out', cert,
        '-addext', `subjectAltName=DNS:${host}`, '-addext', 'basicConstraints=critical,CA:FALSE']);
      return { key: await readFile(own, 'utf8'), cert: await readFile(cert, 'utf8') };
    },
  };
}
