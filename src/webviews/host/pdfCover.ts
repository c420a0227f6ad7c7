// Keeps a PDF from the screen in presentation mode, since it cannot be masked: stands between the session and the view, until the person wants
// to see this document all the same. Free of vscode.
import type { Presentation } from '../../platform/presentation.ts';
import { readPdfRequest, type PdfMessage } from '../protocol/pdf.ts';

export interface CoverParts {
  presentation: Pick<Presentation, 'on' | 'onDidChange'>;
  /** The person's own file: it is none of the explorer's. */
  mayBeShown: boolean;
  /** To the view. */
  post(message: PdfMessage): void;
  /** To the session. */
  receive(message: unknown): void;
}

export class PdfCover {
  readonly #parts: CoverParts;
  readonly #listener: { dispose(): void };
  /** Lifted for this document until presentation mode is turned on again. */
  #lifted = false;

  constructor(parts: CoverParts) {
    this.#parts = parts;
    this.#listener = parts.presentation.onDidChange(() => {
      this.#lifted = false;
      if (this.#parts.mayBeShown) return;
      if (this.#covers) this.#parts.post({ type: 'covered' });
      // The view takes the document as if it had just been opened; the session has it still.
      else this.#parts.receive({ type: 'ready' });
    });
  }

  get #covers(): boolean {
    return this.#parts.presentation.on && !this.#parts.mayBeShown && !this.#lifted;
  }

  /** A message of the session: what shows something of the document does not pass. */
  post(message: PdfMessage): void {
    if (!this.#covers) this.#parts.post(message);
  }

  /** A message of the view. */
  receive(message: unknown): void {
    const request = readPdfRequest(message);
    if (request?.type === 'uncover') {
      this.#lifted = true;
      this.#parts.receive({ type: 'ready' });
    } else if (!this.#covers) this.#parts.receive(message);
    else if (request?.type === 'ready') this.#parts.post({ type: 'covered' });
  }

  dispose(): void {
    this.#listener.dispose();
  }
}
