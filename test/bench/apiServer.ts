// The other side of the client's measurement, in a process of its own so that it takes no time from the thread that is measured: one
// customer and 100 pages of 1,000 transactions, written once and then only sent. Everything else is measured against the sandbox.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { served } from './served.ts';

const customer = Buffer.from(JSON.stringify({
  id: '1005061234', username: 'meadow_bench_customer', firstName: 'Ada', lastName: 'Fields', type: 'testing', createdDate: '1712000000', lastModifiedDate: '1712000000',
}));

function transaction(index: number): Record<string, unknown> {
  const day = 1_700_000_000 + index * 3_600;
  return {
    id: 21_284_820_852 + index, amount: -((index * 37) % 20_000) / 100, accountId: 5_011_648_377, customerId: 1_005_061_234, status: index % 50 ? 'active' : 'pending',
    description: `POS PURCHASE ${String(index).padStart(6, '0')} CORNER GROCERY STORE`, memo: `Card ending in 2211, reference ${(index * 7_919) % 1_000_003}`,
    type: 'debit', transactionDate: day, postedDate: day + 43_200, effectiveDate: day + 43_200, createdDate: day + 50_000, firstEffectiveDate: day + 43_200,
    currencySymbol: 'USD', checkNum: null, escrowAmount: 0, feeAmount: 0, principalAmount: 0, interestAmount: 0,
    institutionTransactionId: `00000000${21_284_820_852 + index}`,
    categorization: { normalizedPayeeName: 'Corner Grocery Store', category: 'Groceries', city: 'Murray', state: 'UT', postalCode: '84123', country: 'USA', bestRepresentation: 'CORNER GROCERY STORE MURRAY UT' },
  };
}

const page = (more: boolean) => Buffer.from(JSON.stringify({
  found: served.pages * served.pageSize, displaying: served.pageSize, moreAvailable: String(more), fromDate: '1700000000', toDate: '1800000000', sort: 'desc',
  transactions: Array.from({ length: served.pageSize }, (_, index) => transaction(index)),
}));

const middle = page(true);
const last = page(false);
const token = Buffer.from(JSON.stringify({ token: 'a-token-of-the-benchmark' }));
const lastStart = String((served.pages - 1) * served.pageSize + 1);
const server = createServer((request, response) => {
  request.resume();
  const url = request.url ?? '';
  const body = request.method === 'POST' ? token : !url.includes('/transactions?') ? customer : url.includes(`start=${lastStart}&`) || url.endsWith(`start=${lastStart}`) ? last : middle;
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
  response.end(body);
});
server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1', () => process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
process.on('disconnect', () => process.exit(0));
