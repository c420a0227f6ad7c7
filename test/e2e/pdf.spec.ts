// The PDF viewer on files of the workspace: 500 pages that come in pieces, thumbnails, find, rotation, dark reading, a reload that keeps the
// place; a file behind a password, and one that is no PDF at all.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Journey } from './fixture.ts';
import { browserState } from '../support/canaries.ts';
import { heavyPdf, lockedPdf } from '../support/pdfFiles.ts';
import { openWorkbench, themes, type Theme } from '../support/vscode.ts';
import { wholeBytes } from '../../src/webviews/protocol/pdf.ts';

const long = heavyPdf(500, 12_000);

/** Opens a file in the viewer by the explorer's menu. */
async function open({ workbench }: Journey, name: string): Promise<void> {
  const { page } = workbench;
  await page.keyboard.press('Control+Shift+E');
  const file = page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: name });
  await workbench.menu(file, 'Open in Open Banking PDF Viewer');
  await expect(workbench.tab(name)).toBeVisible();
}

// Files are there before the window, which would notice them later.
test.use({ hostOptions: { prepare: async (dataDir) => {
  const folder = join(dataDir, '..', 'workspace');
  await writeFile(join(folder, 'long.pdf'), long);
  await writeFile(join(folder, 'locked.pdf'), lockedPdf('open sesame'));
  await writeFile(join(folder, 'answer.pdf'), '{"code":14020,"message":"The report is still being made"}');
} } });

test('500 pages are read, searched, turned and come back after a reload', async ({ journey }) => {
  const { host, workbench, picture } = journey;
  const { page } = workbench;
  // Otherwise it would come in one message.
  expect(long.length).toBeGreaterThan(2 * wholeBytes);
  await open(journey, 'long.pdf');
  const pdf = workbench.webview();
  const onPage = (number: number) => pdf.locator(`.page[data-page-number="${number}"] .textLayer`).getByText(`Page number ${number}`, { exact: true });
  await expect(onPage(1)).toBeAttached();
  await expect(pdf.getByLabel('of 500 pages')).toBeVisible();
  await picture('pdf-long');

  // Thumbnails: a few are there, by the keyboard to the third page.
  await pdf.getByRole('button', { name: 'Thumbnails and outline' }).click();
  await expect(pdf.getByRole('option', { name: 'Page 3', exact: true }).locator('canvas')).toBeVisible();
  expect(await pdf.getByRole('option').count()).toBeLessThan(20);
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  await expect(pdf.getByRole('textbox', { name: 'Page', exact: true })).toHaveValue('3');
  await expect(pdf.getByRole('option', { name: 'Page 3', exact: true })).toHaveAttribute('aria-selected', 'true');
  await expect(onPage(3)).toBeAttached();
  await picture('pdf-thumbnails');

  // Find: hits of the whole document, counted; with whole words only the one.
  await pdf.getByRole('button', { name: 'Find (Ctrl+F)' }).click();
  await pdf.getByRole('searchbox').fill('page number 30');
  const hits = pdf.locator('.hits');
  await expect(hits).toHaveText('1 of 11');
  await page.keyboard.press('Enter');
  await expect(hits).toHaveText('2 of 11');
  await expect(pdf.locator('.highlight.selected').first()).toBeVisible();
  await expect(pdf.getByRole('textbox', { name: 'Page', exact: true })).toHaveValue('300');
  await pdf.getByRole('button', { name: 'Match whole word' }).click();
  await expect(hits).toHaveText('1 of 1');
  await expect(pdf.getByRole('textbox', { name: 'Page', exact: true })).toHaveValue('30');
  await pdf.getByRole('button', { name: 'Match case' }).click();
  await expect(hits).toHaveText('No hits');
  await picture('pdf-find');
  await pdf.getByRole('searchbox').press('Escape');
  await expect(pdf.getByRole('searchbox')).toBeHidden();

  // Rotated and dark, by the keyboard; the page stays.
  const canvas = pdf.locator('.page[data-page-number="30"] canvas').first();
  await page.keyboard.press('r');
  await expect.poll(async () => { const box = await pdf.locator('.page[data-page-number="30"]').boundingBox(); return box !== null && box.width > box.height; }).toBe(true);
  await page.keyboard.press('i');
  await expect(canvas).toHaveCSS('filter', /invert/);
  await expect(pdf.getByRole('textbox', { name: 'Page', exact: true })).toHaveValue('30');
  await picture('pdf-dark-reading');

  for (const theme of ['light', 'highContrast'] satisfies Theme[]) {
    await writeFile(join(host.folder, '.vscode/settings.json'), JSON.stringify({ 'workbench.colorTheme': themes[theme] }));
    await expect(pdf.locator('body')).toHaveClass(theme === 'light' ? /vscode-light/ : /vscode-high-contrast/);
    if (theme === 'light') await pdf.getByRole('button', { name: /Dark reading/ }).click();
    await picture(`pdf-${theme}-rotated`);
  }

  // A reload comes back to the page, turned as it was.
  await expect.poll(() => browserState(page), { timeout: 60_000 }).toMatch(/memento\/workbench\.parts\.editor=.*long\.pdf.*page[\\"]*:30\b[^}]*rotation[\\"]*:90\b/);
  await page.reload();
  await openWorkbench(page, host);
  const again = workbench.webview();
  await expect(again.getByRole('textbox', { name: 'Page', exact: true })).toHaveValue('30');
  await expect(again.locator('.page[data-page-number="30"] .textLayer').getByText('Page number 30', { exact: true })).toBeAttached();
  const box = (await again.locator('.page[data-page-number="30"]').boundingBox())!;
  expect(box.width).toBeGreaterThan(box.height);
  await expect(again.getByRole('listbox', { name: 'Pages' })).toBeVisible();
});

test('a file behind a password opens with it, and one that is an error\'s answer says what the API said', async ({ journey }) => {
  const { workbench, picture } = journey;
  await open(journey, 'locked.pdf');
  const locked = workbench.webview();
  await locked.getByLabel('Password').fill('wrong');
  await locked.getByRole('button', { name: 'Open' }).click();
  await expect(locked.getByText('That password does not open it.')).toBeVisible();
  await locked.getByLabel('Password').fill('open sesame');
  await locked.getByRole('button', { name: 'Open' }).click();
  await expect(locked.locator('.textLayer').getByText('Secret page')).toBeAttached();

  await open(journey, 'answer.pdf');
  const answer = workbench.webview();
  await expect(answer.getByRole('alert')).toContainText('This is no PDF but JSON');
  await expect(answer.getByText('The report is still being made (14020)')).toBeVisible();
  await picture('pdf-no-pdf');
  await answer.getByRole('button', { name: 'Open as Text' }).click();
  await expect(workbench.page.locator('.monaco-editor .view-line').filter({ hasText: '14020' })).toBeVisible();
});
