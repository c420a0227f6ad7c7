// Connections: a record without secrets, and the secrets that only a vault holds. Free of vscode.

/** Where a connection leads. `custom` is a base URL of the user's own (a proxy, a private sandbox) and guarded like production. */
export type Environment = 'sandbox' | 'testDrive' | 'production' | 'custom';

/** Everything about a connection that is no secret. Kept in the editor's global state. */
export interface ConnectionRecord {
  /** Stable, URL-safe, lower case; it is the authority of the connection's `openbanking:` URIs. The sandbox's is `sandbox`. */
  id: string;
  label: string;
  environment: Environment;
  /** https, or loopback http. Empty for the embedded sandbox, whose port is only known once it runs. */
  baseUrl: string;
  /** Refuses every operation that changes something. */
  readOnly: boolean;
  /** Which vault holds the secrets; `none` for the sandbox's published demo credentials. */
  store: VaultId | 'none';
  /** True from signing out until credentials are entered: its vault holds nothing. It may lack them without it, where the vault was emptied by others. */
  signedOut?: boolean;
  /** Epoch milliseconds. */
  createdAt: number;
}

export interface ConnectionSecrets {
  partnerId: string;
  partnerSecret: string;
  appKey: string;
}

export type VaultId = 'osKeychain' | 'vscode';

export interface VaultCallOptions {
  /** Gives up at once, with the signal's reason. */
  signal?: AbortSignal;
}

/** A place that keeps one text per connection, encrypted by someone else. No vault here ever writes a plain file. */
export interface Vault {
  readonly id: VaultId;
  /** For messages, e.g. "the operating system's keychain (Secret Service)". */
  readonly label: string;
  /** Undefined when nothing is kept for this connection. Throws VaultError (locked, absent, refused, damaged) otherwise. */
  read(connectionId: string, options?: VaultCallOptions): Promise<ConnectionSecrets | undefined>;
  write(connectionId: string, secrets: ConnectionSecrets, options?: VaultCallOptions): Promise<void>;
  delete(connectionId: string, options?: VaultCallOptions): Promise<void>;
  /** A round trip with a throw-away entry: resolves when the vault can keep secrets now, throws VaultError otherwise. */
  probe(options?: VaultCallOptions): Promise<void>;
}
