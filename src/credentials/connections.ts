// The connections a person has, and which one is active. Free of vscode; the editor's global state and the vaults come in by the constructor.
// Records are read from the state each time, so that a connection added in another window is there. Which one is active belongs to the
// window: otherwise a switch in one window would silently change where another one's next call goes.
import type { ConnectionRecord, ConnectionSecrets, Environment, Vault, VaultCallOptions, VaultId } from './types.ts';
import { VaultError } from './vaultError.ts';

export interface Connections {
  /** The sandbox first, then the others by label. */
  list(): readonly ConnectionRecord[];
  get(id: string): ConnectionRecord | undefined;
  /** Always one: the sandbox until the user adds another. */
  active(): ConnectionRecord;
  setActive(id: string): Promise<void>;
  /** Writes the secrets first, the record after, so no record ever stands without its secrets. The new connection becomes the active one. */
  add(record: ConnectionRecord, secrets: ConnectionSecrets, options?: VaultCallOptions): Promise<void>;
  /** Changes the record, and the secrets when given. With another `store` the secrets move there. */
  update(id: string, change: Partial<Omit<ConnectionRecord, 'id'>>, secrets?: ConnectionSecrets, options?: VaultCallOptions): Promise<void>;
  /**
   * Removes the secrets, then the record. The sandbox cannot be removed. With `leaveSecrets` the record goes although its vault does not
   * answer; the secrets then stay where they are, and the user was told so.
   */
  remove(id: string, options?: VaultCallOptions & { leaveSecrets?: boolean }): Promise<void>;
  /** Forgets the secrets and keeps the record: signed out. */
  signOut(id: string, options?: VaultCallOptions): Promise<void>;
  /** Undefined when signed out. Throws VaultError. */
  secrets(id: string, options?: VaultCallOptions): Promise<ConnectionSecrets | undefined>;
  onDidChange(listener: () => void): { dispose(): void };
}

/** The part of `vscode.Memento` that is used. */
export interface StateLike {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

export interface ConnectionsOptions {
  state: StateLike;
  vaults: Readonly<Record<VaultId, Vault>>;
  /** The sandbox's demo credentials, asked of it. They are published and no secret. */
  sandboxSecrets(signal?: AbortSignal): Promise<ConnectionSecrets>;
}

export const sandboxId = 'sandbox';
export const sandboxRecord: ConnectionRecord = {
  id: sandboxId, label: 'Sandbox', environment: 'sandbox', baseUrl: '', readOnly: false, store: 'none', createdAt: 0,
};

const recordsKey = 'connections';
const activeKey = 'activeConnection';
const environments: readonly Environment[] = ['sandbox', 'testDrive', 'production', 'custom'];

/** State can be from another version of the extension: what does not look like a record is left out. */
function isRecord(value: unknown): value is ConnectionRecord {
  const record = value as Partial<ConnectionRecord> | null;
  return typeof record === 'object' && record !== null && typeof record.id === 'string' && record.id !== sandboxId
    && typeof record.label === 'string' && typeof record.baseUrl === 'string' && typeof record.readOnly === 'boolean'
    && typeof record.createdAt === 'number' && environments.includes(record.environment as Environment)
    && (record.store === 'osKeychain' || record.store === 'vscode');
}

export function createConnections({ state, vaults, sandboxSecrets }: ConnectionsOptions): Connections {
  const listeners = new Set<() => void>();
  let activeId = state.get<string>(activeKey) ?? sandboxId;

  const records = (): ConnectionRecord[] => {
    const kept = state.get<unknown>(recordsKey);
    return Array.isArray(kept) ? kept.filter(isRecord) : [];
  };
  const save = async (next: ConnectionRecord[]) => {
    await state.update(recordsKey, next);
    for (const listener of listeners) listener();
  };
  const get = (id: string) => (id === sandboxId ? sandboxRecord : records().find((record) => record.id === id));
  const own = (id: string): ConnectionRecord & { store: VaultId } => {
    const record = get(id);
    if (!record) throw new Error(`There is no connection "${id}" any more. Choose another one.`);
    if (record.store === 'none') throw new Error('The sandbox connection is always there and cannot be changed. Add a connection for your own credentials.');
    return { ...record, store: record.store };
  };
  const activate = async (id: string) => {
    activeId = id;
    await state.update(activeKey, id);
  };

  return {
    list: () => [sandboxRecord, ...records().sort((a, b) => a.label.localeCompare(b.label))],
    get,
    active: () => get(activeId) ?? sandboxRecord,
    async setActive(id) {
      if (!get(id)) throw new Error(`There is no connection "${id}" any more. Choose another one.`);
      await activate(id);
      for (const listener of listeners) listener();
    },
    async add(record, secrets, options) {
      if (record.store === 'none') throw new Error('A connection needs a vault for its secrets.');
      if (get(record.id)) throw new Error(`There is already a connection "${record.id}".`);
      await vaults[record.store].write(record.id, secrets, options);
      await activate(record.id);
      await save([...records(), { ...record }]);
    },
    async update(id, change, secrets, options) {
      const before = own(id);
      const after = { ...before, ...change, id, ...(secrets && { signedOut: undefined }) };
      if (after.store === 'none') throw new Error('A connection needs a vault for its secrets.');
      const moved = after.store !== before.store;
      const kept = secrets ?? (moved ? await vaults[before.store].read(id, options) : undefined);
      if (kept) await vaults[after.store].write(id, kept, options);
      await save(records().map((record) => (record.id === id ? after : record)));
      if (moved) await dropOldCopy(vaults[before.store], id, options);
    },
    async remove(id, options) {
      const record = own(id);
      if (!options?.leaveSecrets) await vaults[record.store].delete(id, options);
      if (activeId === id) await activate(sandboxId);
      await save(records().filter((other) => other.id !== id));
    },
    async signOut(id, options) {
      await vaults[own(id).store].delete(id, options);
      await save(records().map((record) => (record.id === id ? { ...record, signedOut: true } : record)));
    },
    async secrets(id, options) {
      if (id === sandboxId) return sandboxSecrets(options?.signal);
      return vaults[own(id).store].read(id, options);
    },
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}

async function dropOldCopy(vault: Vault, id: string, options: VaultCallOptions | undefined): Promise<void> {
  try {
    await vault.delete(id, options);
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    throw new VaultError(error.kind, `The credentials were moved, but their old copy is still in ${vault.label}, which did not let it be deleted. Delete it there by hand.`, error.detail);
  }
}
