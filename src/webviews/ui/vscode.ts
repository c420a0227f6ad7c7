// The view's only door to the editor: messages out, messages in, and the small state that outlives a reload.
// The state holds places and sizes, never anything of a person: the editor writes it to disk in plain text.

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export interface Channel<Out, In> {
  post(message: Out): void;
  listen(listener: (message: In) => void): void;
  /** The state kept last; undefined when there is none or it is not an object. */
  state(): Readonly<Record<string, unknown>> | undefined;
  keep(state: Readonly<Record<string, unknown>>): void;
}

/** To be called once a page: the editor hands its API out a single time. */
export function openChannel<Out, In>(): Channel<Out, In> {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    // Only the editor's own frame can post here; the origin differs between desktop and browser, so the shape is what counts.
    listen: (listener) => window.addEventListener('message', (event: MessageEvent<unknown>) => {
      const data = event.data;
      if (typeof data === 'object' && data !== null && 'type' in data) listener(data as In);
    }),
    state: () => {
      const state = api.getState();
      return typeof state === 'object' && state !== null ? (state as Record<string, unknown>) : undefined;
    },
    keep: (state) => api.setState(state),
  };
}
