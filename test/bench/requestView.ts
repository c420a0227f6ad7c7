// What runs in every frame of the editor's page: it tells the moments at which a form can be typed in, a message came, what it brought was
// painted, and how long the page's thread stood still. The editor writes a view's page into a frame that is there already, where a script
// from before does not go on: so the frame around it looks inside.
import type { Page } from '@playwright/test';

/** Moments are milliseconds since the epoch. */
export type Told =
  /** A key went down, in any frame. */
  | { what: 'key'; at: number; key: string }
  /** The first input of a form stood there, and the keyboard was in one. */
  | { what: 'form'; drawn: number; typing: number }
  /** What an answer brought: its arrival in the page's script, the frame after its first rows (or its card) stood there, all of it read. */
  | { what: 'answer'; received: number; came: number; painted: number; read: number; stalls: Stalls; parse?: number }
  /** The view has heard what became of the last key, and the frame after that. */
  | { what: 'settled'; at: number; painted: number };

/** In milliseconds: the longest task over 50 (0 for none), and the longest time between two looks that were due 10 apart, less those 10. */
export interface Stalls { task: number; gap: number }

export interface Told$ { next<W extends Told['what']>(what: W): Promise<Extract<Told, { what: W }>> }

/** To be called once a window; the listener may be asked for the next event of a kind before it can happen. */
export async function listen(page: Page): Promise<Told$> {
  const waiting = new Map<Told['what'], (told: never) => void>();
  await page.context().exposeFunction('benchTold', (told: Told) => {
    waiting.get(told.what)?.(told as never);
    // The last one counts: a word is typed before the Enter that is meant.
    if (told.what !== 'key') waiting.delete(told.what);
  });
  return {
    next: (what) => new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`The view did not tell of "${what}" within two minutes.`)), 120_000);
      waiting.set(what, (told: never) => {
        clearTimeout(timer);
        resolve(told);
      });
    }),
  };
}

/** Milliseconds of the page's thread standing still, over a second in which nothing is asked of it. */
export async function stallsAtRest(page: Page): Promise<Stalls> {
  const frame = page.frames().find((one) => one.url().includes('index.html') && one.parentFrame() !== null);
  if (!frame) throw new Error('No view is open.');
  return frame.evaluate(async () => {
    const { benchStalls } = window as unknown as { benchStalls: { begin(): void; end(): Stalls } };
    benchStalls.begin();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    return benchStalls.end();
  });
}

/** Keeps a copy of the next answer's bytes and times its JSON.parse once it is shown. */
export async function parseNext(page: Page): Promise<void> {
  for (const frame of page.frames()) await frame.evaluate(() => { (window as unknown as { benchParse: boolean }).benchParse = true; }).catch(() => undefined);
}

/** The script itself: self-contained, as it is sent to the browser. */
export function watchView(): void {
  const now = () => performance.timeOrigin + performance.now();
  const host = window as unknown as { benchTold(told: Told): void; benchParse?: boolean; benchStalls: unknown };
  addEventListener('keydown', (event) => { host.benchTold({ what: 'key', at: now(), key: event.key }); }, { capture: true });
  const tick = 10;
  const stalls = { on: false, task: 0, gap: 0, last: 0 };
  const look = () => {
    if (!stalls.on) return;
    stalls.gap = Math.max(stalls.gap, performance.now() - stalls.last - tick);
    stalls.last = performance.now();
    setTimeout(look, tick);
  };
  const tasks = new PerformanceObserver((list) => { if (stalls.on) for (const { duration } of list.getEntries()) stalls.task = Math.max(stalls.task, duration); });
  const begin = () => {
    tasks.observe({ type: 'longtask' });
    Object.assign(stalls, { on: true, task: 0, gap: 0, last: performance.now() });
    setTimeout(look, tick);
  };
  const end = () => {
    stalls.on = false;
    tasks.disconnect();
    return { task: stalls.task, gap: stalls.gap };
  };
  host.benchStalls = { begin, end };

  let inside: Window | undefined;
  let form: { drawn: number; told: boolean } | undefined;
  let answer: { received: number; came: number; before: Element | null; painted: number; stood: boolean; kept?: Uint8Array; read?: number } | undefined;
  const bodyOf = (document: Document) => document.querySelector('ob-json-tree, ob-answer .card');
  const onMessage = ({ data }: MessageEvent<{ type?: string; head?: { receivedAt: number; status?: number }; bytes?: Uint8Array; seq?: number; text?: string }>): void => {
    if (data.type === 'answer' && data.head && inside) {
      answer = { received: data.head.receivedAt, came: now(), before: bodyOf(inside.document), painted: 0, stood: false };
      if (host.benchParse && data.bytes) answer.kept = data.bytes.slice();
      host.benchParse = false;
    } else if (data.type === 'content' ? (data.seq ?? 0) > seen : typeof data.text === 'string' && data.type === undefined) {
      seen = data.seq ?? 0;
      const at = now();
      requestAnimationFrame(() => { setTimeout(() => { host.benchTold({ what: 'settled', at, painted: now() }); }); });
    }
  };
  let seen = 0;
  const enter = (document: Document): void => {
    inside = document.defaultView!;
    form = { drawn: 0, told: false };
    seen = 0;
    inside.addEventListener('message', onMessage, { capture: true });
    inside.addEventListener('keydown', (event) => {
      host.benchTold({ what: 'key', at: now(), key: event.key });
      if (event.key === 'Enter' && event.ctrlKey) begin();
    }, { capture: true });
  };
  const watchForm = (document: Document): void => {
    if (!form || form.told) return;
    if (!form.drawn && document.querySelector('main input, main select, #send')) form.drawn = now();
    const { activeElement } = document;
    if (!form.drawn || !activeElement || !document.hasFocus() || !activeElement.matches('input, select, textarea, main')) return;
    form.told = true;
    host.benchTold({ what: 'form', drawn: form.drawn, typing: now() });
  };
  const watchAnswer = (document: Document): void => {
    if (!answer) return;
    const body = bodyOf(document);
    if (!answer.painted && answer.stood) answer.painted = now();
    if (!answer.stood && body && (body !== answer.before || body.matches('.card')) && (body.matches('.card') || body.querySelector('.row'))) answer.stood = true;
    if (!answer.painted || document.querySelector('.reading')) return;
    answer.read ??= now();
    if (now() - answer.read < 500) return;
    const { received, came, painted, read, kept } = answer;
    const told: Told = { what: 'answer', received, came, painted, read, stalls: end() };
    answer = undefined;
    if (kept) {
      const startedAt = performance.now();
      JSON.parse(new TextDecoder().decode(kept));
      told.parse = performance.now() - startedAt;
    }
    host.benchTold(told);
  };
  const frame = () => {
    const document = [...window.document.querySelectorAll('iframe')].map((one) => one.contentDocument).find((one) => one?.querySelector('ob-request, main input'));
    if (document && document.defaultView !== inside) enter(document);
    if (document) {
      watchForm(document);
      watchAnswer(document);
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}
