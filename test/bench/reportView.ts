// What runs in every frame of the editor's page: it tells when a report's bytes came to its view, when the first rows of it stood painted, and
// how long the page's thread stood still meanwhile. The frame around the view looks inside, as in requestView.ts.
import type { Page } from '@playwright/test';
import type { Stalls } from './requestView.ts';

/** Moments are milliseconds since the epoch; `parse` is what JSON.parse of the same bytes took in the same page, after all that. */
export interface ReportTold { came: number; bytes: number; painted: number; stalls: Stalls; parse: number }

/** To be called once a window; resolves when the next report is painted. */
export async function reports(page: Page): Promise<{ next(): Promise<ReportTold> }> {
  let tell: (told: ReportTold) => void = () => {};
  await page.context().exposeFunction('benchReport', (told: ReportTold) => tell(told));
  return {
    next: () => new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('No report was painted within two minutes.')), 120_000);
      tell = (told) => {
        clearTimeout(timer);
        resolve(told);
      };
    }),
  };
}

/** The script itself: self-contained, as it is sent to the browser. */
export function watchReports(): void {
  const now = () => performance.timeOrigin + performance.now();
  const host = window as unknown as { benchReport(told: ReportTold): void };
  const tick = 10;
  let inside: Document | undefined;
  let report: { came: number; bytes: Uint8Array; found: boolean; painted: number } | undefined;
  const stalls = { task: 0, gap: 0, last: 0 };
  const look = () => {
    stalls.gap = Math.max(stalls.gap, performance.now() - stalls.last - tick);
    stalls.last = performance.now();
    setTimeout(look, tick);
  };
  new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) stalls.task = Math.max(stalls.task, duration); }).observe({ type: 'longtask' });
  const onMessage = ({ data }: MessageEvent<{ type?: string; bytes?: Uint8Array } | undefined>) => {
    if (data?.type !== 'report' || !data.bytes) return;
    report = { came: now(), bytes: data.bytes, found: false, painted: 0 };
  };
  const frame = () => {
    const document = [...window.document.querySelectorAll('iframe')].map((one) => one.contentDocument).find((one) => one?.querySelector('ob-report'));
    if (document && document !== inside) {
      inside = document;
      report = undefined;
      Object.assign(stalls, { task: 0, gap: 0 });
      document.defaultView!.addEventListener('message', onMessage, { capture: true });
    }
    if (document && report) {
      // The row stood there in the frame before, so this one comes after its paint.
      if (report.found && !report.painted) report.painted = now();
      report.found ||= document.querySelector('.grid-row') !== null;
      if (report.painted && now() - report.painted > 500) {
        const { came, bytes, painted } = report;
        const seen = { task: stalls.task, gap: stalls.gap };
        report = undefined;
        const startedAt = performance.now();
        JSON.parse(new TextDecoder().decode(bytes));
        host.benchReport({ came, bytes: bytes.byteLength, painted, stalls: seen, parse: performance.now() - startedAt });
      }
    }
    requestAnimationFrame(frame);
  };
  stalls.last = performance.now();
  setTimeout(look, tick);
  requestAnimationFrame(frame);
}
