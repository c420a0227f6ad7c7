// The vault in the editor's own secret storage, which encrypts with the system's means and lives where the person sits, also when the
// extension runs on a remote machine. Takes the part of the editor's interface it uses, so that it is tested without an editor.
import { readSecrets, writeSecrets } from './secretsText.ts';
import type { ConnectionSecrets, Vault, VaultCallOptions } from './types.ts';
import { VaultError } from './vaultError.ts';

/** The part of `vscode.SecretStorage` that is used. */
export interface SecretStorageLike {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

const label = "the editor's secret storage";
const key = (connectionId: string) => `connection:${connectionId}`;

export function createSecretStorageVault(storage: SecretStorageLike, { timeoutMs = 30_000 }: { timeoutMs?: number } = {}): Vault {
  const bounded = <T>(work: () => PromiseLike<T>, { signal }: VaultCallOptions = {}) => limited(work, timeoutMs, signal);
  return {
    id: 'vscode',
    label,
    async read(connectionId, options) {
      const text = await bounded(() => storage.get(key(connectionId)), options);
      if (text === undefined) return undefined;
      const secrets = readSecrets(text);
      if (!secrets)
        throw new VaultError('damaged', `What ${label} keeps for this connection cannot be read as its credentials. Enter them anew with Edit Connection, or remove the connection.`);
      return secrets;
    },
    async write(connectionId: string, secrets: ConnectionSecrets, options) { await bounded(() => storage.store(key(connectionId), writeSecrets(secrets)), options); },
    async delete(connectionId, options) { await bounded(() => storage.delete(key(connectionId)), options); },
    async probe(options) {
      const name = `probe:${Date.now()}`;
      await bounded(() => storage.store(name, 'probe'), options);
      const kept = await bounded(() => storage.get(name), options);
      await bounded(() => storage.delete(name), options);
      if (kept !== 'probe') throw new VaultError('refused', "The editor's secret storage did not keep what was written to it. Restart the editor and try again.");
    },
  };
}

/** The editor asks the system, which may ask the person: so there is a limit and a way to cancel here too. */
async function limited<T>(work: () => PromiseLike<T>, timeoutMs: number, signal: AbortSignal | undefined): Promise<T> {
  signal?.throwIfAborted();
  let stop = () => {};
  const end = new Promise<never>((_, reject) => {
    const onAbort = () => reject(signal?.reason);
    const timer = setTimeout(() => reject(new VaultError('locked',
      `The editor's secret storage did not answer within ${Math.round(timeoutMs / 1000)} seconds. Look for a prompt of your system's keychain, or restart the editor, and try again.`)), timeoutMs);
    signal?.addEventListener('abort', onAbort, { once: true });
    stop = () => { clearTimeout(timer); signal?.removeEventListener('abort', onAbort); };
  });
  try {
    return await Promise.race([work(), end]);
  } catch (error) {
    if (error instanceof VaultError || (signal?.aborted && error === signal.reason)) throw error;
    throw new VaultError('refused', "The editor's secret storage answered with an error. Check that your system's keychain works (the editor needs it), restart the editor and try again.",
      error instanceof Error ? error.message : String(error));
  } finally {
    stop();
  }
}
