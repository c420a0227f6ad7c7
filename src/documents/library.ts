// The documents that are open or were a moment ago. Rules: one request in flight per document, joined by whoever asks meanwhile; an answer
// lives long enough for the editor's look at size and content to cost one request, and no longer; what costs money is read once and kept
// until it is asked for anew, and never read for a look at its size; a running report is never looked at from here: who follows it for all of
// the explorer (src/jobs/) says when to read it again. Bounded in bytes. Free of vscode.
import type { Presentation } from '../platform/presentation.ts';
import type { Sessions } from '../platform/sessions.ts';
import { inTurns } from '../platform/turns.ts';
import { costlyKinds, DocumentError, ownContent, pagedKinds, readResource, resourceRequest, type ResourceContent, type ResourceRequest } from './resources.ts';
import type { Purposes } from './purposes.ts';
import { parseResourcePath } from './uris.ts';

/** A document's URI in parts. */
export interface DocumentKey {
  connectionId: string;
  path: string;
  /** Without the question mark; empty for none. */
  query: string;
}

export interface DocumentStat {
  size: number;
  /** Epoch milliseconds of the last change that was seen. */
  mtime: number;
}

/** No resource has this path. */
export class UnknownDocument extends Error {
  constructor(path: string) {
    super(`${path} names no resource.`);
    this.name = 'UnknownDocument';
  }
}

interface Kept extends ResourceContent {
  key: DocumentKey;
  mtime: number;
  at: number;
  costly: boolean;
}

type Asked = ResourceRequest & { costly: boolean; paged: boolean };

/** A report, and whose it is. */
export interface RunningReport {
  connectionId: string;
  customerId: string;
  reportId: string;
  purpose?: string;
}

interface Watched {
  key: DocumentKey;
  count: number;
  /** The following of the report that it shows. */
  following?: { dispose(): void };
}

interface Flight {
  content: Promise<Kept>;
  controller: AbortController;
}

export interface LibraryOptions {
  sessions: Pick<Sessions, 'open'>;
  purposes: Pick<Purposes, 'reading' | 'known'>;
  /** Has a running report followed while it is on the screen; `changed` is called once, when that has ended. */
  follow(report: RunningReport, changed: () => void): { dispose(): void };
  /** A document that is open changed at its source. */
  onChanged(key: DocumentKey): void;
  /** While it is on, JSON is served masked. */
  presentation?: Pick<Presentation, 'on' | 'changedAt' | 'masker'>;
  now?: () => number;
  maxBytes?: number;
}

const lifeMs = 1000;
/** In which the editor reads what is open when presentation mode is turned on or off: none of it is asked of the API again. */
const redrawMs = 5000;

const isJson = ({ path }: DocumentKey): boolean => path.endsWith('.json');
const idOf = ({ connectionId, path, query }: DocumentKey): string => `${connectionId}${path}?${query}`;

export class DocumentLibrary {
  readonly #options: Required<Omit<LibraryOptions, 'presentation'>> & Pick<LibraryOptions, 'presentation'>;
  readonly #began: number;
  /** In the order of their last use. */
  readonly #kept = new Map<string, Kept>();
  readonly #flights = new Map<string, Flight>();
  readonly #watched = new Map<string, Watched>();
  #bytes = 0;
  /** Ends the masking that is under way. */
  readonly #closing = new AbortController();
  /** What was masked already: the editor asks for size and content one after the other. */
  #masked = new WeakMap<Kept, Promise<Uint8Array>>();

  constructor(options: LibraryOptions) {
    this.#options = { now: Date.now, maxBytes: 64_000_000, ...options };
    this.#began = this.#options.now();
  }

  async read(key: DocumentKey): Promise<Uint8Array> {
    const own = this.#own(key);
    if (own) return own;
    return this.#shown(await this.#get(key, this.#request(key)));
  }

  /** Size and time of change. For what costs money or many calls this never asks: an unread document has size 0. */
  async stat(key: DocumentKey): Promise<DocumentStat> {
    const own = this.#own(key);
    if (own) return { size: own.byteLength, mtime: this.#began };
    const request = this.#request(key);
    const kept = this.#kept.get(idOf(key));
    if ((request.costly || request.paged) && !kept) return { size: 0, mtime: this.#began };
    const content = request.paged && kept ? kept : await this.#get(key, request);
    // Masked or not it is another content to the editor, which looks at both.
    const { changedAt = 0 } = (isJson(key) && this.#options.presentation) || {};
    return { size: (await this.#shown(content)).byteLength, mtime: Math.max(content.mtime, changedAt) };
  }

  /** Says that a document is on the screen: a running report is then followed to its end. */
  watch(key: DocumentKey): { dispose(): void } {
    const id = idOf(key);
    const watched: Watched = this.#watched.get(id) ?? { key, count: 0 };
    watched.count += 1;
    this.#watched.set(id, watched);
    this.#follow(id);
    let ended = false;
    return {
      dispose: () => {
        if (ended) return;
        ended = true;
        watched.count -= 1;
        if (watched.count > 0) return;
        watched.following?.dispose();
        this.#watched.delete(id);
      },
    };
  }

  /**
   * Forgets what was read, so that the next read asks the API, and tells of those that are open. A path names the document and all below it;
   * none names all. What costs money is only read anew when it is named itself.
   */
  renew(connectionId: string, path = ''): void {
    const stem = path.replace(/\.(json|pdf)$/, '');
    const under = (id: string): boolean => {
      if (!id.startsWith(`${connectionId}/`)) return false;
      const rest = id.slice(connectionId.length, id.indexOf('?'));
      if (rest === path) return true;
      const ref = parseResourcePath(rest);
      if (ref && costlyKinds.has(ref.kind)) return false;
      return stem === '' || rest.startsWith(`${stem}.`) || rest.startsWith(`${stem}/`);
    };
    for (const id of [...this.#kept.keys()]) if (under(id)) this.#drop(id);
    // Whoever waits for an older answer still gets it, but it is not kept.
    for (const id of [...this.#flights.keys()]) if (under(id)) this.#flights.delete(id);
    for (const [id, { key }] of this.#watched) if (under(id)) this.#options.onChanged(key);
  }

  /** Presentation mode was turned on or off: whatever the editor has is to be read again, without asking the API. */
  presentationChanged(): void {
    this.#masked = new WeakMap();
    const keys = new Map([...this.#watched].map(([id, { key }]) => [id, key]));
    for (const [id, kept] of this.#kept) {
      kept.at = Math.max(kept.at, this.#options.now() - lifeMs + redrawMs);
      keys.set(id, kept.key);
    }
    for (const key of keys.values()) if (isJson(key)) this.#options.onChanged(key);
  }

  dispose(): void {
    this.#closing.abort();
    for (const { following } of this.#watched.values()) following?.dispose();
    for (const { controller } of this.#flights.values()) controller.abort();
    this.#flights.clear();
    this.#watched.clear();
    this.#kept.clear();
  }

  #shown(content: Kept): Uint8Array | Promise<Uint8Array> {
    const { presentation } = this.#options;
    if (!presentation?.on || !isJson(content.key)) return content.bytes;
    const before = this.#masked.get(content);
    if (before) return before;
    const steps = presentation.masker.jsonSteps(new TextDecoder().decode(content.bytes), parseResourcePath(content.key.path)?.kind);
    const masked = inTurns(steps, { signal: this.#closing.signal }).then((text) => new TextEncoder().encode(text));
    this.#masked.set(content, masked);
    return masked;
  }

  #own({ path }: DocumentKey): Uint8Array | undefined {
    const ref = parseResourcePath(path);
    return ref && ownContent(ref);
  }

  #request({ path, query }: DocumentKey): Asked {
    const ref = parseResourcePath(path);
    if (!ref) throw new UnknownDocument(path);
    const request = resourceRequest(ref, new URLSearchParams(query), this.#options.now());
    if (!request) throw new DocumentError('The API has no operation that reads a TxPUSH subscription. Its id and type are in the tree, where it was made.');
    return { ...request, costly: costlyKinds.has(ref.kind), paged: pagedKinds.has(ref.kind) };
  }

  #get(key: DocumentKey, request: Asked): Promise<Kept> {
    const id = idOf(key);
    const kept = this.#kept.get(id);
    // A report that is followed is as it was, until who follows it says otherwise.
    const followed = kept?.running === true && this.#watched.get(id)?.following !== undefined;
    if (kept && (kept.costly || followed || this.#options.now() - kept.at < lifeMs)) {
      this.#kept.delete(id);
      this.#kept.set(id, kept);
      return Promise.resolve(kept);
    }
    return this.#flights.get(id)?.content ?? this.#fetch(key, request);
  }

  #fetch(key: DocumentKey, request: Asked): Promise<Kept> {
    const id = idOf(key);
    const controller = new AbortController();
    const read = async (): Promise<Kept> => {
      const { client } = await this.#options.sessions.open(key.connectionId);
      const options = { signal: controller.signal, origin: 'document' as const };
      const content = request.operationId === 'GetReportByCustomer'
        ? await this.#options.purposes.reading(key.connectionId, request.input, (input) => readResource(client, { ...request, input }, options))
        : await readResource(client, request, options);
      controller.signal.throwIfAborted();
      const now = this.#options.now();
      return this.#flights.get(id) === flight ? this.#keep(key, content, request.costly) : { ...content, key, at: now, mtime: now, costly: false };
    };
    const flight: Flight = {
      controller,
      content: Promise.resolve().then(read).finally(() => {
        if (this.#flights.get(id) === flight) this.#flights.delete(id);
      }),
    };
    this.#flights.set(id, flight);
    return flight.content;
  }

  #keep(key: DocumentKey, content: ResourceContent, costly: boolean): Kept {
    const id = idOf(key);
    const before = this.#kept.get(id);
    const now = this.#options.now();
    const same = before !== undefined && Buffer.compare(before.bytes, content.bytes) === 0;
    const kept: Kept = { ...content, key, costly, at: now, mtime: same ? before.mtime : now };
    this.#drop(id);
    this.#kept.set(id, kept);
    this.#bytes += content.bytes.byteLength;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#options.maxBytes || oldest === id) break;
      this.#drop(oldest);
    }
    this.#follow(id);
    return kept;
  }

  #drop(id: string): void {
    this.#bytes -= this.#kept.get(id)?.bytes.byteLength ?? 0;
    this.#kept.delete(id);
  }

  #follow(id: string): void {
    const watched = this.#watched.get(id);
    if (!watched) return;
    if (!this.#kept.get(id)?.running) {
      watched.following?.dispose();
      watched.following = undefined;
      return;
    }
    if (watched.following) return;
    const { key } = watched;
    const ref = parseResourcePath(key.path);
    if (ref?.kind !== 'report') return;
    const { connectionId } = key;
    const { customerId, reportId } = ref;
    const purpose = new URLSearchParams(key.query).get('purpose') ?? this.#options.purposes.known(connectionId);
    watched.following = this.#options.follow({ connectionId, customerId, reportId, ...(purpose !== undefined && { purpose }) }, () => {
      watched.following?.dispose();
      watched.following = undefined;
      if (this.#watched.get(id) !== watched) return;
      this.#drop(id);
      this.#options.onChanged(key);
    });
  }
}
