// The client's engine for plain Node: npm undici's request() over kept-alive connections, which is faster than its fetch. It knows nothing of
// the editor's proxy and certificate settings: inside the extension the editor's own global fetch is passed instead.
import { Agent } from 'undici';
import type { Dispatcher } from 'undici';
import type { FetchLike, FetchResponse } from './types.ts';

export interface UndiciFetch {
  fetch: FetchLike;
  /** Closes the kept connections; a Node program can end then. */
  close(): Promise<void>;
}

/** @param options.dispatcher Another dispatcher than the agent made here, such as a ProxyAgent or one with a private CA. */
export function undiciFetch(options: { dispatcher?: Dispatcher } = {}): UndiciFetch {
  // The client keeps the time itself, per operation; undici's own limits would end a refresh of 180 s early.
  const dispatcher = options.dispatcher ?? new Agent({ keepAliveTimeout: 30_000, headersTimeout: 0, bodyTimeout: 0 });
  return {
    async fetch(url, { method, headers, body, signal }) {
      const pathAt = url.indexOf('/', url.indexOf('://') + 3);
      const data = await dispatcher.request({
        origin: pathAt < 0 ? url : url.slice(0, pathAt), path: pathAt < 0 ? '/' : url.slice(pathAt),
        method: method as Dispatcher.HttpMethod, headers, body, signal,
      });
      return new UndiciResponse(data);
    },
    close: () => dispatcher.close(),
  };
}

class UndiciResponse implements FetchResponse {
  readonly #data: Dispatcher.ResponseData;

  constructor(data: Dispatcher.ResponseData) {
    this.#data = data;
  }

  get status(): number {
    return this.#data.statusCode;
  }

  get headers(): FetchResponse['headers'] {
    const { headers } = this.#data;
    return {
      get: (name) => joined(headers[name.toLowerCase()]) ?? null,
      forEach: (visit) => {
        for (const name in headers) visit(joined(headers[name])!, name);
      },
    };
  }

  get body(): AsyncIterable<Uint8Array> {
    return this.#data.body as AsyncIterable<Uint8Array>;
  }

  text(): Promise<string> {
    return this.#data.body.text();
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return this.#data.body.arrayBuffer();
  }
}

const joined = (value: string | string[] | undefined) => (Array.isArray(value) ? value.join(', ') : value);
