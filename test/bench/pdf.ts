// Part `pdf`: from the command to the first page painted in the explorer's viewer, beside pdf.js in a bare page of the same browser plus an
// empty panel of the editor. Painted means the same on both sides: the text layer of page 1 is complete, which pdf.js makes after the picture.
// The scan is too large for one message: the explorer reads it in ranges, the bare page as one stream.
import { createServer } from 'node:http';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import * as esbuild from 'esbuild';
import { root } from '../../scripts/paths.mjs';
import { reportPdf } from '../../src/sandbox/pdf/reportPdf.ts';
import { wholeBytes } from '../../src/webviews/protocol/pdf.ts';
import { heavyPdf } from '../support/pdfFiles.ts';
import { openEditor } from './editor.ts';
import { kilobytes, printTurns, takeTurns } from './measure.ts';
import type { Slice } from './measure.ts';

const rounds = 9;
const pageCounts = [5, 500] as const;

/** A report of one account with so many transactions. */
const report = (transactions: number) => reportPdf({
  id: 'u4hstnnak45g', title: 'Verification of Assets', requesterName: 'Benchmark', createdDate: 1_750_000_000, customerId: 1_005_061_234, customerType: 'testing',
  institutions: [{ id: 102_105, name: 'FinBank', accounts: [{
    id: 5_011_648_377, name: 'Checking', number: '1111', type: 'checking', balance: 4_210.55, balanceDate: 1_750_000_000, ownerName: 'Ada Fields', ownerAddress: '1 Main Street',
    transactions: Array.from({ length: transactions }, (_, index) => ({
      id: 21_284_820_852 + index, amount: -((index * 37) % 20_000) / 100, description: `POS PURCHASE ${index} CORNER GROCERY STORE`, memo: `Card ending in 2211, ${index}`, postedDate: 1_700_000_000 + index * 3_600, transactionDate: 1_700_000_000 + index * 3_600,
    })),
  }] }],
}, 'bench');
const pagesOf = (pdf: Uint8Array) => (Buffer.from(pdf).toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length;

/** The report with just so many pages; they grow evenly with the transactions. */
function reportOf(pages: number): Uint8Array {
  const [few, many] = [pagesOf(report(100)), pagesOf(report(2_100))];
  let transactions = Math.max(1, Math.round(100 + ((pages - few) * 2_000) / (many - few)));
  for (let tries = 0; tries < 200; tries++) {
    const pdf = report(transactions);
    const missing = pages - pagesOf(pdf);
    if (missing === 0) return pdf;
    transactions += Math.sign(missing) * 10;
  }
  throw new Error(`No report of ${pages} pages came about.`);
}

/** The bare page, its script, pdf.js's files and the documents, on loopback. */
async function serve(folder: string): Promise<{ url: string; close(): void }> {
  const { outputFiles } = await esbuild.build({ entryPoints: [join(import.meta.dirname, 'barePdf.ts')], bundle: true, minify: true, format: 'esm', platform: 'browser', target: 'es2023', write: false });
  const css = await readFile(join(root, 'node_modules/pdfjs-dist/web/pdf_viewer.css'), 'utf8');
  const html = `<!DOCTYPE html><meta charset="utf-8"><style>${css} body { margin: 0 } #container { position: absolute; inset: 0; overflow: auto }</style><div id="container"><div class="pdfViewer"></div></div><script type="module" src="/bare.js"></script>`;
  const pdfjs = join(root, 'node_modules/pdfjs-dist');
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://bare');
    const answer = (type: string, body: string | Uint8Array) => response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
    if (pathname === '/') return answer('text/html', html);
    if (pathname === '/bare.js') return answer('text/javascript', outputFiles[0]!.contents);
    const file = pathname.endsWith('.pdf') ? join(folder, normalize(pathname)) : pathname.endsWith('.mjs') ? join(pdfjs, 'build', normalize(pathname)) : join(pdfjs, normalize(pathname));
    readFile(file).then((bytes) => answer(pathname.endsWith('.mjs') ? 'text/javascript' : 'application/octet-stream', bytes), () => response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

/**
 * Runs in each frame of each page: tells the moment when the first page of a document is complete. It looks into the frames inside as well,
 * since the editor writes a view's page into a frame that is there already, where a script from before does not go on.
 */
function tellPainted(): void {
  const selector = '.page[data-page-number="1"] .textLayer .endOfContent';
  let told: Element | undefined;
  const look = () => {
    const layer = [document, ...[...document.querySelectorAll('iframe')].map((frame) => frame.contentDocument)].map((inside) => inside?.querySelector(selector)).find(Boolean);
    if (layer && layer !== told) {
      told = layer;
      const { width } = layer.closest('.page')!.getBoundingClientRect();
      (window as unknown as { benchPainted(moment: number, width: number): void }).benchPainted(performance.timeOrigin + performance.now(), width);
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

const folder = await mkdtemp(join(tmpdir(), 'obx-pdf-'));
const scan = heavyPdf(500, 12_000);
if (scan.length <= 2 * wholeBytes) throw new Error('The scan comes in one message: it says nothing about ranges.');
const documents: { what: string; name: string; bytes: number }[] = [];
for (const [what, pdf] of [...pageCounts.map((pages) => [`a report of ${pages} pages`, reportOf(pages)] as const), ['a scan of 500 pages, in ranges', scan] as const]) {
  const name = `${documents.length}.pdf`;
  await writeFile(join(folder, name), pdf);
  documents.push({ what, name, bytes: pdf.length });
}
const bare = await serve(folder);
const editor = await openEditor();
try {
  const { page, ask, close } = await editor.open(tellPainted);
  const context = page.context();
  let painted: (moment: number, width: number) => void = () => {};
  await context.exposeFunction('benchPainted', (moment: number, width: number) => painted(moment, width));
  const nextPainted = () => new Promise<{ moment: number; width: number }>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('No first page was painted within a minute.')), 60_000);
    painted = (moment, width) => {
      clearTimeout(timer);
      resolve({ moment, width });
    };
  });
  let width = 900;

  const ours = async (name: string): Promise<Slice> => {
    const waiting = nextPainted();
    const startedAt = await ask('execute', 'vscode.openWith', { uri: `file://${join(folder, name)}` }, 'openBanking.pdfFileViewer');
    const shown = await waiting;
    width = shown.width;
    await page.waitForTimeout(500);
    await ask('run', 'workbench.action.closeAllEditors');
    await page.waitForTimeout(500);
    return { wall: shown.moment - startedAt, work: 0 };
  };
  const inBarePage = async (name: string): Promise<number> => {
    const other = await context.newPage();
    // The same width of a page: its picture is then as large.
    await other.setViewportSize({ width: Math.round(width) + 34, height: 860 });
    const waiting = nextPainted();
    await other.goto(`${bare.url}/?${name}`);
    const { moment } = await waiting;
    const startedAt = await other.evaluate(() => performance.timeOrigin);
    await other.close();
    return moment - startedAt;
  };
  const emptyPanel = async () => {
    await page.waitForTimeout(500);
    return ask('emptyPanel');
  };

  for (const { what, name, bytes } of documents) {
    const sum = 'bare pdf.js + empty panel';
    const parts = new Map<string, Slice[][]>([['  bare pdf.js', []], ['  empty panel', []]]);
    const samples = await takeTurns([
      { name: 'explorer', run: () => ours(name) },
      {
        name: sum,
        run: async () => {
          const [bareMs, emptyMs] = [await inBarePage(name), await emptyPanel()];
          parts.get('  bare pdf.js')!.push([{ wall: bareMs, work: 0 }]);
          parts.get('  empty panel')!.push([{ wall: emptyMs, work: 0 }]);
          return { wall: bareMs + emptyMs, work: 0 };
        },
      },
    ], { rounds, warmUps: 2 });
    const all = new Map([...samples, ...[...parts].map(([part, slices]) => [part, slices.slice(2)] as const)]);
    printTurns(`PDF: first page of ${what} (${kilobytes(bytes)}), drawn ${Math.round(width)} px wide`, all, [sum]);
  }
  await close();
} finally {
  await editor.close();
  bare.close();
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);
