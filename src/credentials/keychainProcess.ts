// Does one thing with the operating system's keychain and ends. It is a process of its own because the native library talks to the
// keychain synchronously: a bus that never answers, or a prompt nobody sees, would stop every extension in the editor. This process
// can be killed instead. The request comes by the parent's channel, so that no secret is ever in an argument or the environment.
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';

export interface KeychainRequest {
  /** Native files to try, in this order: the ones for this platform that exist. */
  files: readonly string[];
  action: 'read' | 'write' | 'delete' | 'probe';
  service: string;
  account: string;
  value?: string;
}

export type KeychainReply =
  | { ok: true; value: string | null }
  /** `step` says whether the native file could be loaded at all. */
  | { ok: false; step: 'load' | 'use'; message: string };

interface KeychainEntry {
  setPassword(value: string): void;
  getPassword(): string | null;
  deletePassword(): boolean;
}
interface KeychainBinding {
  Entry: new (service: string, account: string, options: { linux: { store: 'secret-service' } }) => KeychainEntry;
}

function load(files: readonly string[]): KeychainBinding {
  let failure: unknown = new Error('no native file for this platform');
  for (const file of files) {
    try {
      return createRequire(file)(file) as KeychainBinding;
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

function act(binding: KeychainBinding, { action, service, account, value }: KeychainRequest): string | null {
  // Without this the library falls back on Linux to the kernel's keyring, which forgets everything at the next restart.
  const entry = new binding.Entry(service, action === 'probe' ? `probe-${randomUUID()}` : account, { linux: { store: 'secret-service' } });
  switch (action) {
    case 'read': return entry.getPassword();
    case 'write': entry.setPassword(value ?? ''); return null;
    case 'delete': entry.deletePassword(); return null;
    case 'probe': {
      const sent = randomUUID();
      entry.setPassword(sent);
      const kept = entry.getPassword();
      entry.deletePassword();
      if (kept !== sent) throw new Error('the keychain gave back something else than was written');
      return null;
    }
  }
}

function answer(request: KeychainRequest): KeychainReply {
  let step: 'load' | 'use' = 'load';
  try {
    const binding = load(request.files);
    step = 'use';
    return { ok: true, value: act(binding, request) };
  } catch (error) {
    return { ok: false, step, message: error instanceof Error ? error.message : String(error) };
  }
}

process.on('disconnect', () => process.exit(0));
process.once('message', (request) => process.send?.(answer(request as KeychainRequest), () => process.exit(0)));
