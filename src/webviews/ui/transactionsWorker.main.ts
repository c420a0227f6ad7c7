// The worker behind the transactions' view, so that the page never waits. One for a page, started from a blob.
import { TransactionDesk } from './transactionDesk.ts';
import type { FromWorker, ToWorker } from './transactionMessages.ts';

/** The worker's own side: the compiler knows the page's names alone. */
const page = globalThis as unknown as Pick<Worker, 'postMessage' | 'addEventListener'>;
const tell = (message: FromWorker, give: Transferable[] = []) => page.postMessage(message, give);

// A timer would wait four milliseconds; a message comes as soon as those before it are done.
const breath = new MessageChannel();
const waiting: (() => void)[] = [];
breath.port1.onmessage = () => waiting.shift()?.();
const pause = () => new Promise<void>((resolve) => {
  waiting.push(resolve);
  breath.port2.postMessage(0);
});

const desk = new TransactionDesk(tell, pause);

async function answer({ id, kind, ask }: ToWorker): Promise<void> {
  try {
    const reply = await desk.ask(kind, ask);
    tell({ id, reply }, 'bytes' in reply ? [reply.bytes.buffer as ArrayBuffer] : []);
  } catch (error) {
    tell({ id, failed: error instanceof Error ? error.message : String(error) });
  }
}

page.addEventListener('message', (event: MessageEvent<ToWorker>) => void answer(event.data));
tell({ type: 'ready' });
void warmUp();

/**
 * Goes the first page's way with made-up rows while that page is still on the road: the first rows come in about half the time when the code
 * for them is compiled already (figures: docs/benchmarks.md).
 */
async function warmUp(): Promise<void> {
  const rows = Array.from({ length: 300 }, (_, index) => ({
    id: index, accountId: 1, customerId: 1, amount: (index % 40) - 19.5, status: 'active', type: 'debit', description: `Row ${index % 50}`, memo: null, transactionDate: index * 86_400, postedDate: index * 86_400, createdDate: index,
    categorization: { normalizedPayeeName: `Payee ${index % 9}`, category: `Category ${index % 5}`, city: '', state: '', country: '' },
  }));
  const other = new TransactionDesk(() => undefined, pause);
  await other.ask('page', { bytes: new TextEncoder().encode(JSON.stringify(rows)), fresh: true });
  await other.ask('lines', { from: 0, to: 100, columns: ['transactionDate', 'description', 'amount', 'status'] });
}
