// The extension's way to a client: one per connection, made when first used. Loading the client, starting the sandbox, reading the
// vault and wiring the guard all happen here and nowhere else, so no call can reach the wire by another road.
import type { Client } from '../client/types.ts';
import type { ConnectionRecord } from '../credentials/types.ts';

export interface ApiSession {
  readonly connection: ConnectionRecord;
  readonly client: Client;
  /** Milliseconds between two looks at a running report: 20,000 for Mastercard's host, less for the local sandbox. */
  readonly reportIntervalMs: number;
}

export interface Sessions {
  /** Throws SignedOutError when the connection has no credentials, VaultError, SandboxStartError. */
  open(connectionId: string): Promise<ApiSession>;
  /** Forgets the client (and its token): after a change of credentials, on sign-out, on removal. */
  close(connectionId: string): void;
}
