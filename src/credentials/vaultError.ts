// Why a vault could not keep or give secrets. The text is for the user: what happened and the way out. It never holds a secret,
// nor the native library's own words (those are in `detail`, for the redacted log). Free of vscode.

/**
 * `locked`: it waits to be unlocked, or did not answer in time. `absent`: there is none on this machine. `refused`: it is there and said no.
 * `damaged`: what is kept for the connection cannot be read as its secrets.
 */
export type VaultProblem = 'locked' | 'absent' | 'refused' | 'damaged';

export class VaultError extends Error {
  readonly kind: VaultProblem;
  /** The vault's own words, for the log. */
  readonly detail: string;

  constructor(kind: VaultProblem, message: string, detail = '') {
    super(message);
    this.name = 'VaultError';
    this.kind = kind;
    this.detail = detail;
  }
}
