// Errors of the extension's own side of a call: it never reached the wire. Free of vscode, so that the tree can tell them apart.

/** Its message is written for the person who sees it, says what happened, and is shown as it stands. */
export class ToldError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ToldError';
  }
}

/** Presentation mode is on, and what was asked for would write what it hides. */
export class PresentingError extends ToldError {}

/** The connection has no credentials: the user signed out, or the vault was emptied. */
export class SignedOutError extends Error {
  readonly connectionId: string;
  readonly label: string;

  constructor(connectionId: string, label: string) {
    super(`"${label}" is signed out: no credentials are kept for it. Enter them with Enter Credentials, or use the sandbox.`);
    this.name = 'SignedOutError';
    this.connectionId = connectionId;
    this.label = label;
  }
}

/** The embedded sandbox did not start. The message says why and what to do. */
export class SandboxStartError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'SandboxStartError';
  }
}
