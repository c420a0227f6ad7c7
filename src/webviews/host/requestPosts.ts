// What goes to the view of a request's tab: as it is, or masked in presentation mode. Masking a large answer takes its time, so the messages
// wait for one another; what was meant for a view that is gone meanwhile, or for the mode as it was, is left out: the session sends it anew.
// Free of vscode.
import type { Presentation } from '../../platform/presentation.ts';
import type { RequestMessage } from '../protocol/request.ts';
import { maskedMessage } from './maskedRequest.ts';

export interface PostPorts {
  presentation: Pick<Presentation, 'on' | 'changedAt' | 'masker'>;
  post(message: RequestMessage): void;
  failed(error: unknown): void;
}

export class RequestPosts {
  readonly #ports: PostPorts;
  #operationId = '';
  #posted: Promise<unknown> = Promise.resolve();
  /** Counts the views that were there. */
  #view = 0;

  constructor(ports: PostPorts) {
    this.#ports = ports;
  }

  post(message: RequestMessage): void {
    if (message.type === 'form') this.#operationId = message.form.operationId;
    const { presentation, post, failed } = this.#ports;
    if (!presentation.on) return post(message);
    const [operationId, view, { changedAt, masker }] = [this.#operationId, this.#view, presentation];
    const isMeant = (): boolean => view === this.#view && changedAt === presentation.changedAt;
    this.#posted = this.#posted.then(async () => {
      if (!isMeant()) return;
      const masked = await maskedMessage(message, operationId, masker);
      if (isMeant()) post(masked);
    }).catch(failed);
  }

  /** The view is gone. */
  left(): void {
    this.#view += 1;
  }
}
