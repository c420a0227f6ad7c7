// The connections a person has, and which one is active. Free of vscode; the editor's global state and the vaults come in by the constructor.
import type { ConnectionRecord, ConnectionSecrets } from './types.ts';

export interface Connections {
  /** The sandbox first, then the others by label. */
  list(): readonly ConnectionRecord[];
  get(id: string): ConnectionRecord | undefined;
  /** Always one: the sandbox until the user adds another. */
  active(): ConnectionRecord;
  setActive(id: string): Promise<void>;
  /** Writes the secrets first, the record after, so no record ever stands without its secrets. */
  add(record: ConnectionRecord, secrets: ConnectionSecrets): Promise<void>;
  /** Changes the record, and the secrets when given. */
  update(id: string, change: Partial<Omit<ConnectionRecord, 'id'>>, secrets?: ConnectionSecrets): Promise<void>;
  /** Removes the secrets, then the record. The sandbox cannot be removed. */
  remove(id: string): Promise<void>;
  /** Forgets the secrets and keeps the record: signed out. */
  signOut(id: string): Promise<void>;
  /** Undefined when signed out. Throws VaultError. */
  secrets(id: string): Promise<ConnectionSecrets | undefined>;
  onDidChange(listener: () => void): { dispose(): void };
}
