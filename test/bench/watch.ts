// What runs in the page: it times from a click to the frame in which what was waited for is painted, and notes how long the page stood still
// meanwhile. Rows are told by their depth and place in the tree, which the editor writes on them for screen readers.
import type { Locator, Page } from '@playwright/test';

export interface Watched {
  /** Milliseconds from the mouse button going down to the frame after the row appeared. */
  painted: number;
  /** The longest task of the page's thread that began in that time or half a second after, in milliseconds; 0 for none over 50. */
  longestTask: number;
  /** The longest time without a frame in the same span. */
  longestGap: number;
}

export interface Place { level: number; position: number }

/** The row of a tree whose label begins so; it exists only while it is in sight. */
export const rowOf = (page: Page, label: string): Locator =>
  page.locator('.monaco-list-row').filter({ has: page.locator('.label-name', { hasText: new RegExp(`^${label}`) }) }).first();

/** Turns the wheel over the tree until the row is in sight. */
export async function scrollTo(page: Page, label: string): Promise<void> {
  await page.mouse.move(200, 450);
  for (let turn = 0; turn < 100 && (await rowOf(page, label).count()) === 0; turn++) {
    await page.mouse.wheel(0, 300);
    await page.waitForTimeout(100);
  }
}

/** Clicks a row by its label and waits for the row at that place of the tree which is no "Load more". */
export async function clickAndWatch(page: Page, label: string, place: Place): Promise<Watched> {
  const row = rowOf(page, label);
  await row.waitFor();
  const box = await row.boundingBox();
  if (!box) throw new Error(`The row "${label}" is not in sight.`);
  await page.mouse.move(box.x + 60, box.y + box.height / 2);
  await page.waitForTimeout(300);
  await page.evaluate(watch, place);
  await page.mouse.down();
  await page.mouse.up();
  return page.evaluate(() => (window as unknown as { benchWatched: Promise<Watched> }).benchWatched);
}

/** Half a second of the page at rest: what the editor's own noise is. */
export async function watchRest(page: Page): Promise<number> {
  return page.evaluate(() => new Promise<number>((resolve) => {
    const startedAt = performance.now();
    let last = startedAt;
    let longest = 0;
    const frame = (now: number) => {
      longest = Math.max(longest, now - last);
      last = now;
      if (now - startedAt > 700) resolve(longest);
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }));
}

function watch({ level, position }: Place): void {
  const here = () => [...document.querySelectorAll(`.monaco-list-row[aria-level="${level}"][aria-posinset="${position}"]`)].some((row) => {
    const text = row.querySelector('.label-name')?.textContent ?? '';
    return text !== '' && !text.startsWith('Load more') && row.getBoundingClientRect().height > 0;
  });
  (window as unknown as { benchWatched: Promise<Watched> }).benchWatched = new Promise((resolve, reject) => {
    let startedAt = 0;
    let painted = 0;
    let longestTask = 0;
    let longestGap = 0;
    let last = 0;
    const tasks = new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) if (startedAt && startTime >= startedAt - duration) longestTask = Math.max(longestTask, duration);
    });
    tasks.observe({ type: 'longtask' });
    const frame = (now: number) => {
      longestGap = Math.max(longestGap, now - last);
      last = now;
      // The row stood there in the frame before, so this one comes after its paint.
      if (!painted && found) painted = performance.now();
      if (!found && here()) found = true;
      if (painted && performance.now() - painted > 500) {
        tasks.disconnect();
        resolve({ painted: painted - startedAt, longestTask, longestGap });
      } else if (performance.now() - startedAt > 60_000) reject(new Error(`No row came to level ${level}, position ${position}, within a minute.`));
      else requestAnimationFrame(frame);
    };
    let found = false;
    addEventListener('mousedown', () => {
      startedAt = last = performance.now();
      requestAnimationFrame(frame);
    }, { capture: true, once: true });
  });
}
