// pdf.js behind a small face: a real worker, the viewer's components (pages on demand, text layer, find, links), events as one listener.
// The worker's file is fetched and started from a blob, the only way a webview allows; it starts before the document is there.
import { getDocument, GlobalWorkerOptions, PasswordResponses, type PDFDocumentLoadingTask, type PDFDocumentProxy } from 'pdfjs-dist';
import { EventBus, LinkTarget, PDFFindController, PDFLinkService, PDFViewer } from 'pdfjs-dist/web/pdf_viewer.mjs';

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
  place(place: Place): void;
  found(current: number, total: number, pending: boolean): void;
  outline(entries: readonly OutlineEntry[]): void;
  /** The document asks for its password; `wrong` after one that did not fit. */
  password(wrong: boolean, answer: (password: string) => void): void;
}

export interface Place {
  page: number;
  /** Number as text, or a fit's name: page-width, page-fit. */
  scale: string;
  left: number;
  top: number;
}

export class PdfEngine {
  readonly #assets: string;
  readonly #events: EngineEvents;
  readonly #viewer: PDFViewer;
  readonly #links: PDFLinkService;
  readonly #bus = new EventBus();
  readonly #worker: Promise<Worker>;
  #task: PDFDocumentLoadingTask | undefined;
  #place: Place | undefined;

  constructor(container: HTMLDivElement, assets: string, events: EngineEvents) {
    this.#assets = assets;
    this.#events = events;
    this.#worker = startWorker(assets);
    // A failure is told when a document needs the worker.
    this.#worker.catch(() => undefined);
    this.#links = new PDFLinkService({ eventBus: this.#bus, externalLinkTarget: LinkTarget.BLANK, externalLinkRel: 'noopener noreferrer' });
    const findController = new PDFFindController({ eventBus: this.#bus, linkService: this.#links });
    this.#viewer = new PDFViewer({
      container, eventBus: this.#bus, linkService: this.#links, findController,
      // 1: shown, but no form to fill in. Scripts of a document never run: no sandbox is given.
      annotationMode: 1, enableAutoLinking: false, supportsPinchToZoom: true,
    });
    this.#links.setViewer(this.#viewer);
    this.#listen();
  }

  /** Opens a document; the bytes are handed to the worker and are gone here. Rejects with pdf.js's error. */
  async open(bytes: Uint8Array, place: Place | undefined): Promise<void> {
    await this.close();
    GlobalWorkerOptions.workerPort = await this.#worker;
    const task = this.#task = getDocument({
      data: bytes, isEvalSupported: false, enableXfa: false, useWorkerFetch: false,
      cMapUrl: `${this.#assets}cmaps/`, cMapPacked: true, standardFontDataUrl: `${this.#assets}standard_fonts/`,
      wasmUrl: `${this.#assets}wasm/`, iccUrl: `${this.#assets}iccs/`,
    });
    task.onPassword = (answer: (password: string) => void, reason: number) => this.#events.password(reason === PasswordResponses.INCORRECT_PASSWORD, answer);
    const document = await task.promise;
    if (this.#task !== task) return;
    this.#place = place;
    this.#viewer.setDocument(document);
    this.#links.setDocument(document, null);
    void this.#readOutline(document);
  }

  async close(): Promise<void> {
    const task = this.#task;
    this.#task = undefined;
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

  find(query: string, step: 'first' | 'next' | 'previous'): void {
    this.#bus.dispatch('find', {
      source: this, type: step === 'first' ? '' : 'again', query, caseSensitive: false, entireWord: false, highlightAll: true,
      findPrevious: step === 'previous', matchDiacritics: false,
    });
  }

  endFind(): void {
    this.#bus.dispatch('findbarclose', { source: this });
  }

  #listen(): void {
    this.#bus.on('pagesinit', () => {
      this.#viewer.currentScaleValue = this.#place?.scale ?? 'page-width';
      const place = this.#place;
      if (place && place.page <= this.#viewer.pagesCount)
        this.#viewer.scrollPageIntoView({ pageNumber: place.page, destArray: [null, { name: 'XYZ' }, place.left, place.top, null], allowNegativeOffset: true });
      this.#events.opened(this.#viewer.pagesCount);
    });
    this.#bus.on('pagechanging', ({ pageNumber }: { pageNumber: number }) => this.#events.page(pageNumber));
    this.#bus.on('scalechanging', ({ scale, presetValue }: { scale: number; presetValue?: string }) => this.#events.scale(scale, presetValue));
    this.#bus.on('updateviewarea', ({ location }: { location: { pageNumber: number; left: number; top: number } }) =>
      this.#events.place({ page: location.pageNumber, scale: this.#viewer.currentScaleValue, left: location.left, top: location.top }));
    const found = ({ matchesCount, state }: { matchesCount: { current: number; total: number }; state?: number }) =>
      this.#events.found(matchesCount.current, matchesCount.total, state === 3);
    this.#bus.on('updatefindmatchescount', found);
    this.#bus.on('updatefindcontrolstate', found);
  }

  async #readOutline(document: PDFDocumentProxy): Promise<void> {
    const entries = await document.getOutline().catch(() => null);
    this.#events.outline(entries ? readEntries(entries, 0) : []);
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
