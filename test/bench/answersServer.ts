// A sandbox with some customers and reports too many: whoever reads one of them gets JSON of that many bytes, written once and then only sent.
// All else goes on to the sandbox behind. A process of its own, so that it takes no time from what is measured.
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerSizes, customerOf, reportOf, reportSizes } from './served.ts';

const [behind = ''] = process.argv.slice(2);
const record = (n: number) => JSON.stringify({
  id: 21_284_820_852 + n, amount: -((n * 37) % 20_000) / 100, accountId: 5_011_648_377, customerId: 1_005_061_234, status: n % 50 ? 'active' : 'pending',
  description: `POS PURCHASE ${String(n).padStart(6, '0')} CORNER GROCERY STORE`, memo: `Card ending in 2211, reference ${(n * 7_919) % 1_000_003}`, postedDate: 1_700_000_000 + n * 3_600,
  checkNum: null, categorization: { normalizedPayeeName: 'Corner Grocery Store', category: 'Groceries', city: 'Murray', state: 'UT', postalCode: '84123', country: 'USA' },
});

function body(size: number): Buffer {
  const pieces: string[] = [];
  for (let n = 0, length = 0; length < size; n += 1) length += pieces[pieces.push(record(n)) - 1]!.length + 1;
  if (pieces.length > 1) pieces.pop();
  const text = `{"found":${pieces.length},"transactions":[${pieces.join(',')}]}`;
  return Buffer.from(text.padEnd(size));
}

/** A verification of assets of four accounts, whose transactions fill it. */
function report(size: number): Buffer {
  const accounts = ['Checking', 'Savings', 'Second Checking', 'Household'].map((name, at) => {
    const records: string[] = [];
    for (let n = at, length = 1_000; length < size / 4; n += 4) length += records[records.push(record(n)) - 1]!.length + 1;
    const facts = { id: 5_011_648_377 + at, name, number: `${1111 * (at + 1)}`, type: at === 1 ? 'savings' : 'checking', currency: 'USD', balance: 4_210.55, balanceDate: 1_900_000_000 };
    return `${JSON.stringify(facts).slice(0, -1)},"transactions":[${records.join(',')}]}`;
  });
  return Buffer.from(`{"id":"${reportOf(size)}","type":"voa","status":"success","customerId":1005061234,"createdDate":1900000000,"consolidatedAvailableBalance":16842.2,"institutions":[{"id":102105,"name":"FinBank","accounts":[${accounts.join(',')}]}]}`);
}

const bodies = new Map<string, Buffer>([
  ...Object.values(answerSizes).map((size) => [`/aggregation/v1/customers/${customerOf(size)}`, body(size)] as const),
  ...Object.values(reportSizes).map((size) => [`/decisioning/v3/customers/1005061234/reports/${reportOf(size)}`, report(size)] as const),
]);
const server = createServer((request, response) => {
  const large = bodies.get((request.url ?? '').split('?')[0]!);
  if (large) {
    request.resume();
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': large.length }).end(large);
    return;
  }
  const onward = httpRequest(behind + (request.url ?? ''), { method: request.method, headers: { ...request.headers, host: new URL(behind).host } }, (reply) => {
    response.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(response);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
});
server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1', () => process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
process.on('disconnect', () => process.exit(0));
