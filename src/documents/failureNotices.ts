// Why a document could not be opened, said once. The editor's own pane for a text that cannot be read says only "unexpected error"; so a
// person who has the document in a text tab is told in our words. Viewers say it on their own page, and who reads a document for a
// command gets the error: neither is told a second time. Free of vscode.

export interface FailureNoticeOptions {
  /** Whether a tab shows this URI as text. */
  shownAsText(uri: string): boolean;
  show(error: unknown): void;
  now?: () => number;
}

/** The editor asks for size and content at once, and both fail: one failure to the person. */
const sameFailureMs = 2000;

export class FailureNotices {
  readonly #options: Required<FailureNoticeOptions>;
  readonly #told = new Map<string, number>();

  constructor(options: FailureNoticeOptions) {
    this.#options = { now: Date.now, ...options };
  }

  /** A read of the document failed. */
  failed(uri: string, error: unknown): void {
    const now = this.#options.now();
    for (const [other, at] of this.#told) if (now - at >= sameFailureMs) this.#told.delete(other);
    if (this.#told.has(uri) || !this.#options.shownAsText(uri)) return;
    this.#told.set(uri, now);
    this.#options.show(error);
  }
}
