// pdf.js behind a small face: a real worker, the viewer's components (pages on demand, text layer, find, links), events as one listener.
// The worker's file is fetched and started from a blob, the only way a webview allows; it starts before the document is there. A document
// comes in pieces (pdfRanges.ts) as pages, find and outline need them. Thumbnails stand behind the pages in the queue of what is drawn.
import { getDocument, GlobalWorkerOptions, PasswordResponses, PDFDataRangeTransport, type PDFDocumentLoadingTask, type PDFDocumentProxy } from 'pdfjs-dist';
import { EventBus, FindState, PDFFindController, PDFViewer } from 'pdfjs-dist/web/pdf_viewer.mjs';
import { chunkBytes } from '../protocol/pdf.ts';
import { SafeLinks } from './pdfLinks.ts';
import { RangeDesk } from './pdfRanges.ts';
import type { Found } from './pdfWords.ts';

export interface OutlineEntry {
  title: string;
  /** Undefined for an entry that leads nowhere inside the document. */
  dest?: string | unknown[];
  items: readonly OutlineEntry[];
}

export interface EngineEvents {
  /** The first page is laid out; `pages` is their number. */
  opened(pages: number): void;
  page(page: number): void;
  /** `preset` is a fit's name when one is in force. */
  scale(scale: number, preset: string | undefined): void;
  /** Degrees, clockwise. */
  rotation(rotation: number): void;
  place(place: Place): void;
  found(found: Found): void;
  outline(entries: readonly OutlineEntry[]): void;
  /** The document asks for its password; `wrong` after one that did not fit. */
  password(wrong: boolean, answer: (password: string) => void): void;
  /** Bytes of the document that are here, while it opens. */
  received(bytes: number): void;
}

export interface Place {
  page: number;
  /** Number as text, or a fit's name: page-width, page-fit. */
  scale: string;
  left: number;
  top: number;
  rotation: number;
}

export interface Words {
  query: string;
  caseSensitive: boolean;
  entireWord: boolean;
}

/** What the host sent first of a document. */
export interface Opening {
  length: number;
  head: Uint8Array;
  tail: Uint8Array;
  ask(begin: number, end: number): void;
}

export class PdfEngine {
  readonly #assets: string;
  readonly #events: EngineEvents;
  readonly #viewer: PDFViewer;
  readonly #links: SafeLinks;
  readonly #finder: PDFFindController;
  readonly #bus = new EventBus();
  readonly #worker: Promise<Worker>;
  #task: PDFDocumentLoadingTask | undefined;
  #document: PDFDocumentProxy | undefined;
  #desk: RangeDesk | undefined;
  #place: Place | undefined;
  /** Counts the openings: an older one that still waits ends there. */
  #turn = 0;
  #current = 0;
  #looking: ReturnType<typeof setInterval> | undefined;

  constructor(container: HTMLDivElement, assets: string, events: EngineEvents) {
    this.#assets = assets;
    this.#events = events;
    this.#worker = startWorker(assets);
    // A failure is told when a document needs the worker.
    this.#worker.catch(() => undefined);
    this.#links = new SafeLinks(this.#bus);
    this.#finder = new PDFFindController({ eventBus: this.#bus, linkService: this.#links });
    this.#viewer = new PDFViewer({
      container, eventBus: this.#bus, linkService: this.#links, findController: this.#finder,
      // 1: shown, but no form to fill in. Scripts of a document never run: no sandbox is given.
      annotationMode: 1, enableAutoLinking: false, supportsPinchToZoom: true,
    });
    this.#links.setViewer(this.#viewer);
    this.#listen();
    new ResizeObserver(() => requestAnimationFrame(() => this.#fitAgain())).observe(container);
  }

  /** Opens a document; the bytes are handed to the worker and are gone here. Rejects with pdf.js's error, or one named NoPages. */
  async open(opening: Opening, place: Place | undefined): Promise<void> {
    const turn = ++this.#turn;
    await this.close();
    const worker = await this.#worker;
    if (turn !== this.#turn) return;
    GlobalWorkerOptions.workerPort = worker;
    const task = this.#task = getDocument({
      ...this.#bytesOf(opening), isEvalSupported: false, enableXfa: false, useWorkerFetch: false,
      cMapUrl: `${this.#assets}cmaps/`, cMapPacked: true, standardFontDataUrl: `${this.#assets}standard_fonts/`,
      wasmUrl: `${this.#assets}wasm/`, iccUrl: `${this.#assets}iccs/`,
    });
    task.onPassword = (answer: (password: string) => void, reason: number) => this.#events.password(reason === PasswordResponses.INCORRECT_PASSWORD, answer);
    const document = await task.promise;
    if (this.#task !== task) return;
    if (document.numPages === 0) throw Object.assign(new Error('no pages'), { name: 'NoPages' });
    // The viewer would only write to the console that there is no first page.
    await document.getPage(1);
    if (this.#task !== task) return;
    this.#document = document;
    this.#place = place;
    this.#viewer.setDocument(document);
    this.#links.setDocument(document, null);
    void this.#readOutline(document);
  }

  /** Takes a piece that was asked for. */
  take(begin: number, bytes: Uint8Array): void {
    this.#desk?.take(begin, bytes);
    if (this.#desk && !this.#document) this.#events.received(this.#desk.received);
  }

  async close(): Promise<void> {
    const task = this.#task;
    this.#task = undefined;
    this.#document = undefined;
    this.#desk?.close();
    this.#desk = undefined;
    clearInterval(this.#looking);
    if (!task) return;
    // The types say that a document is needed; null is the viewer's way to let go of one.
    this.#viewer.setDocument(null as unknown as PDFDocumentProxy);
    this.#links.setDocument(null, null);
    await task.destroy();
  }

  goTo(page: number): void {
    if (page >= 1 && page <= this.#viewer.pagesCount) this.#viewer.currentPageNumber = page;
  }

  goToDestination(dest: string | unknown[]): void {
    void this.#links.goToDestination(dest as string);
  }

  /** A number as text (1 is 100 %) or a fit's name. */
  setScale(scale: string): void {
    this.#viewer.currentScaleValue = scale;
  }

  zoom(steps: number): void {
    this.#viewer.updateScale({ steps, drawingDelay: 200 });
  }

  /** Zooms by a factor around a point of the window. */
  zoomAt(scaleFactor: number, x: number, y: number): void {
    this.#viewer.updateScale({ scaleFactor, origin: [x, y], drawingDelay: 300 });
  }

  /** Turns all pages by so many degrees clockwise, a multiple of 90. */
  rotate(by: number): void {
    this.#viewer.pagesRotation = (this.#viewer.pagesRotation + by + 360) % 360;
  }

  find(words: Words, step: 'first' | 'changed' | 'next' | 'previous'): void {
    const type = { first: '', changed: 'casesensitivitychange', next: 'again', previous: 'again' }[step];
    if (type !== 'again') {
      this.#current = 0;
      this.#events.found({ current: 0, total: 0, searched: 0, pages: this.#viewer.pagesCount });
    }
    this.#bus.dispatch('find', { source: this, type, ...words, highlightAll: true, findPrevious: step === 'previous', matchDiacritics: false });
    this.#followFind();
  }

  endFind(): void {
    clearInterval(this.#looking);
    this.#bus.dispatch('findbarclose', { source: this });
  }

  /** `drawNext` begins to draw one thumbnail and answers whether there was one; it is asked whenever no page is left to draw. */
  setThumbnails(drawNext: (() => boolean) | undefined): void {
    const queue = this.#viewer.renderingQueue;
    if (!queue) return;
    queue.isThumbnailViewEnabled = drawNext !== undefined;
    queue.setThumbnailViewer({ forceRendering: () => drawNext?.() ?? false } as unknown as Parameters<typeof queue.setThumbnailViewer>[0]);
    this.drawThumbnails();
  }

  /** Looks whether there is a thumbnail to draw. */
  drawThumbnails(): void {
    if (this.#document) this.#viewer.renderingQueue?.renderHighestPriority(undefined as unknown as object);
  }

  /** A page's picture within a box of CSS pixels; undefined when the page cannot be drawn. */
  async drawThumbnail(number: number, width: number, height: number): Promise<HTMLCanvasElement | undefined> {
    try {
      const page = await this.#document!.getPage(number);
      const rotation = (page.rotate + this.#viewer.pagesRotation) % 360;
      const plain = page.getViewport({ scale: 1, rotation });
      const scale = Math.min(width / plain.width, height / plain.height);
      const ratio = Math.min(window.devicePixelRatio || 1, 2);
      const viewport = page.getViewport({ scale: scale * ratio, rotation });
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.floor(viewport.width));
      canvas.height = Math.max(1, Math.floor(viewport.height));
      canvas.style.setProperty('width', `${canvas.width / ratio}px`);
      canvas.style.setProperty('height', `${canvas.height / ratio}px`);
      await page.render({ canvas, viewport, annotationMode: 1 }).promise;
      // What was unpacked for it goes, unless the page is in sight itself.
      if (!this.#viewer.getCachedPageViews().has(this.#viewer.getPageView(number - 1))) page.cleanup();
      return canvas;
    } catch {
      return undefined;
    }
  }

  #bytesOf({ length, head, tail, ask }: Opening) {
    if (head.byteLength === length) return { data: head };
    const range = new PDFDataRangeTransport(length, head, true);
    const desk = this.#desk = new RangeDesk(length, head.byteLength, tail, { ask, deliver: (begin, bytes) => { if (this.#desk === desk) range.onDataRange(begin, bytes); } });
    range.requestDataRange = (begin, end) => desk.want(begin, end);
    range.abort = () => desk.close();
    return { range, length, rangeChunkSize: chunkBytes, disableAutoFetch: true, disableStream: true };
  }

  #listen(): void {
    this.#bus.on('pagesinit', () => {
      const place = this.#place;
      if (place) this.#viewer.pagesRotation = place.rotation;
      this.#viewer.currentScaleValue = place?.scale ?? 'page-width';
      if (place && place.page <= this.#viewer.pagesCount)
        this.#viewer.scrollPageIntoView({ pageNumber: place.page, destArray: [null, { name: 'XYZ' }, place.left, place.top, null], allowNegativeOffset: true });
      this.#events.opened(this.#viewer.pagesCount);
    });
    this.#bus.on('pagechanging', ({ pageNumber }: { pageNumber: number }) => this.#events.page(pageNumber));
    this.#bus.on('scalechanging', ({ scale, presetValue }: { scale: number; presetValue?: string }) => this.#events.scale(scale, presetValue));
    this.#bus.on('rotationchanging', ({ pagesRotation, pageNumber }: { pagesRotation: number; pageNumber: number }) => {
      // Turned pages have other heights: what was in sight is elsewhere by now.
      this.#viewer.currentPageNumber = pageNumber;
      this.#events.rotation(pagesRotation);
    });
    this.#bus.on('updateviewarea', ({ location }: { location: { pageNumber: number; left: number; top: number } }) => this.#events.place({
      page: location.pageNumber, scale: this.#viewer.currentScaleValue, left: location.left, top: location.top, rotation: this.#viewer.pagesRotation,
    }));
    this.#bus.on('pagerendered', ({ source, error }: { source: { div?: HTMLElement }; error?: unknown }) => {
      if (error && source.div) source.div.dataset.problem = 'This page could not be drawn: its content is damaged.';
      else if (source.div) delete source.div.dataset.problem;
    });
    const found = ({ matchesCount: { current, total }, state }: { matchesCount: { current: number; total: number }; state?: number }) => {
      // Another word's hits are still counted here while the new search has not begun.
      if (state !== FindState.PENDING) this.#tellFound(current, total);
    };
    this.#bus.on('updatefindmatchescount', found);
    this.#bus.on('updatefindcontrolstate', found);
  }

  /** A fit holds when the room for the pages changes. */
  #fitAgain(): void {
    const { currentScaleValue: scale } = this.#viewer;
    if (this.#document && (scale === 'page-width' || scale === 'page-fit')) this.#viewer.currentScaleValue = scale;
  }

  #tellFound(current: number, total: number): void {
    this.#current = current;
    const matches = this.#finder.pageMatches ?? [];
    const searched = matches.filter((page) => page !== undefined).length;
    const counted = matches.reduce((sum: number, page: unknown[] | undefined) => sum + (page?.length ?? 0), 0);
    this.#events.found({ current, total: Math.max(total, counted), searched, pages: this.#viewer.pagesCount });
  }

  /** Find tells of hits only; how far it is in a long document without any is looked up. */
  #followFind(): void {
    clearInterval(this.#looking);
    let seen = -1;
    this.#looking = setInterval(() => {
      const searched = this.#finder.pageMatches?.length ?? 0;
      if (searched !== seen || searched < this.#viewer.pagesCount) this.#tellFound(this.#current, 0);
      else clearInterval(this.#looking);
      seen = searched;
    }, 300);
  }

  async #readOutline(document: PDFDocumentProxy): Promise<void> {
    const entries = await document.getOutline().catch(() => null);
    if (this.#document === document) this.#events.outline(entries ? readEntries(entries, 0) : []);
  }
}

interface RawEntry { title: string; dest: string | unknown[] | null; items: RawEntry[] }

function readEntries(entries: readonly RawEntry[], depth: number): OutlineEntry[] {
  return entries.slice(0, 2_000).map(({ title, dest, items }) => ({ title, dest: dest ?? undefined, items: depth < 6 ? readEntries(items, depth + 1) : [] }));
}

async function startWorker(assets: string): Promise<Worker> {
  const response = await fetch(`${assets}pdf.worker.min.mjs`);
  if (!response.ok) throw new Error('The PDF worker could not be loaded.');
  const url = URL.createObjectURL(new Blob([await response.arrayBuffer()], { type: 'text/javascript' }));
  return new Worker(url, { type: 'module' });
}
