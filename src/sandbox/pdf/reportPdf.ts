// A finished report as a PDF, made from the very body that the JSON answer would carry: cover, summary, then account by account everything
// the body holds, all transactions included.
import { month, object, objects, text } from './json.ts';
import type { Json } from './json.ts';
import { analyticsPart, businessPart, shopPart } from './analyticsPart.ts';
import { createLayout, day, money } from './layout.ts';
import type { Column, Layout } from './layout.ts';
import { employmentPart, payStatementsPart } from './payPdf.ts';

export function reportPdf(body: Json, source: string): Uint8Array {
  const title = text(body.title);
  const layout = createLayout(
    { title, author: text(body.requesterName), subject: `Report ${text(body.id)}`, created: Number(body.createdDate ?? 0) },
    `Report ${text(body.id)} - sandbox data of the seed "${source}", nothing in it is real`,
  );
  cover(layout, body, title);
  businessPart(layout, object(body.businessDetails));
  summary(layout, body);
  analyticsPart(layout, object(body.customerAnalytics), 'Analytics of all accounts', 0);
  shopPart(layout, body);
  employmentPart(layout, body);
  payStatementsPart(layout, body);
  for (const institution of objects(body.institutions)) {
    for (const account of objects(institution.accounts)) accountPart(layout, account, text(institution.name));
  }
  cashFlowPart(layout, body, 'Cash flow of all accounts', ['cashFlowBalanceSummary', 'monthlyCashFlowBalanceSummaries'], ['cashFlowCreditSummary', 'monthlyCashFlowCreditSummaries'], ['cashFlowDebitSummary', 'monthlyCashFlowDebitSummaries'], 0);
  return layout.finish();
}

function cover(layout: Layout, body: Json, title: string): void {
  const consumer = object(body.consumerDetails);
  const name = [consumer.firstName, consumer.lastName].filter(Boolean).join(' ');
  const address = [consumer.address, consumer.city, [consumer.state, consumer.zip].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  layout.cover(title, [
    `Report ${text(body.id)}`, `Requested by ${text(body.requesterName)} on ${day(body.createdDate)}`, ...(name ? [`Consumer: ${name}`] : []), ...(address ? [address] : []),
    ...(body.consumerSsn ? [`SSN ending in ${text(body.consumerSsn)}`] : []),
  ]);
  layout.facts([
    ['Customer', `${text(body.customerId)} (${text(body.customerType)})`], ['Request', text(body.requestId)], ...(body.portfolioId ? [['Portfolio', text(body.portfolioId)] as const] : []),
    ...(body.startDate === undefined ? [] : [['Period', `${day(body.startDate)} to ${day(body.endDate)}${body.days === undefined ? '' : ` (${text(body.days)} days)`}`] as const]),
    ...objects(object(body.constraints).reportCustomFields).filter((field) => field.shown !== false).slice(0, 5).map((field) => [text(field.label), text(field.value)] as const),
    ...(body.assetId ? [['Statement', `stored as asset ${text(body.assetId)}`] as const] : []),
  ]);
}

function summary(layout: Layout, body: Json): void {
  const accounts = objects(body.institutions).flatMap((institution) => objects(institution.accounts).map((account) => ({ institution: text(institution.name), account })));
  if (accounts.length === 0) return;
  layout.heading('Summary', 0);
  // A report without amounts tells no balances.
  const balances = accounts.some(({ account }) => account.availableBalance !== undefined);
  const columns: Column[] = [{ title: 'Institution', share: 24 }, { title: 'Account', share: 26 }, { title: 'Number', share: 16 }, { title: 'Type', share: 14 }];
  if (balances) columns.push({ title: 'Balance', share: 16, align: 'right' }, { title: 'Available', share: 16, align: 'right' });
  layout.table(columns, accounts.map(({ institution, account }) => [
    institution, text(account.name), text(account.number), text(account.type), money(account.balance ?? account.currentBalance, currencyOf(account)), money(account.availableBalance, currencyOf(account)),
  ].slice(0, columns.length)));
  const assets = object(body.assets);
  if (body.assets) {
    layout.facts([
      ['Current balance, all accounts', money(assets.currentBalance)], ['Two month average', money(assets.twoMonthAverage)], ['Six month average', money(assets.sixMonthAverage)], ['Beginning balance', money(assets.beginningBalance)],
      ...(body.consolidatedAvailableBalance === undefined ? [] : [['Available balance, all accounts', money(body.consolidatedAvailableBalance)] as const]),
    ]);
  }
  for (const level of objects(body.income)) {
    const estimate = object(level.incomeEstimate);
    layout.heading(`Income, confidence ${text(level.confidenceType).toLowerCase()}`, 1);
    layout.facts([
      ['Net, last 12 months', money(estimate.netAnnual)], ['Net, next 12 months (projected)', money(estimate.projectedNetAnnual)], ['Gross, last 12 months (estimated)', money(estimate.estimatedGrossAnnual)],
      ['Average month, net', money(level.averageMonthlyIncomeNet)],
    ]);
    layout.table([{ title: 'Month', share: 20 }, { title: 'Net', share: 20, align: 'right' }, { title: 'Gross', share: 20, align: 'right' }], objects(level.netMonthly).map((entry) => [month(entry.month), money(entry.net), money(entry.gross)]));
  }
}

const currencyOf = (account: Json) => (typeof account.currency === 'string' ? account.currency : 'USD');

function accountPart(layout: Layout, account: Json, institution: string): void {
  const currency = currencyOf(account);
  const cash = (value: unknown) => money(value, currency);
  layout.heading(`${text(account.name)} (${text(account.number)})`, 0);
  const asset = object(account.asset);
  layout.facts([
    ['Institution', institution], ['Type', text(account.type)], ['Account id', text(account.id)], ...(account.ownerName ? [['Owner', text(account.ownerName)] as const] : []), ...(account.ownerAddress ? [['Address', text(account.ownerAddress)] as const] : []),
    ...(account.balance === undefined && account.currentBalance === undefined ? [] : [['Balance', `${cash(account.balance ?? account.currentBalance)}${account.balanceDate === undefined ? '' : ` on ${day(account.balanceDate)}`}`] as const]),
    ...(account.averageMonthlyBalance === undefined ? [] : [['Average monthly balance', cash(account.averageMonthlyBalance)] as const]),
    ...(account.asset ? [['Two month average', cash(asset.twoMonthAverage)] as const, ['Six month average', cash(asset.sixMonthAverage)] as const] : []),
    ...(account.totNumberInsufficientFundsFeeDebitTxAccount === undefined ? [] : [['Fees for insufficient funds', text(account.totNumberInsufficientFundsFeeDebitTxAccount)] as const]),
    ...(account.aggregationStatusCode ? [['Aggregation status', `${text(account.aggregationStatusCode)}: the account could not be read anew`] as const] : []),
  ]);
  const holdings = objects(account.position);
  if (holdings.length > 0) {
    layout.heading('Holdings', 1);
    layout.table(
      [{ title: 'Symbol', share: 12 }, { title: 'Security', share: 38 }, { title: 'Units', share: 16, align: 'right' }, { title: 'Price', share: 16, align: 'right' }, { title: 'Value', share: 18, align: 'right' }],
      holdings.map((holding) => [text(holding.symbol), text(holding.securityName), text(holding.units), cash(holding.currentPrice), cash(holding.marketValue)]),
    );
  }
  for (const stream of objects(account.incomeStreams)) streamPart(layout, stream, cash);
  cashFlowPart(layout, account, 'Cash flow', ['cashFlowBalance', 'monthlyCashFlowBalances'], ['cashFlowCredit', 'monthlyCashFlowCredits'], ['cashFlowDebit', 'monthlyCashFlowDebits'], 1);
  analyticsPart(layout, object(account.analytics), 'Analytics', 1);
  const transactions = objects(account.transactions);
  // A report without amounts lists none.
  if (account.transactions === undefined || (transactions.length === 0 && account.availableBalance === undefined)) return;
  layout.heading(`Transactions (${transactions.length})`, 1);
  if (transactions.length === 0) layout.paragraph('There are none in this period.');
  else {
    layout.table(
      [{ title: 'Posted', share: 13 }, { title: 'Description', share: 50 }, { title: 'Category', share: 22 }, { title: 'Amount', share: 15, align: 'right' }],
      transactions.toSorted((a, b) => Number(b.postedDate) - Number(a.postedDate)).map((row) => [day(row.postedDate), text(row.description), text(row.category), cash(row.amount)]),
    );
  }
}

/** Where no amounts are told, its dates are. */
function streamPart(layout: Layout, stream: Json, cash: (value: unknown) => string): void {
  layout.heading(`Income from ${text(stream.name)}`, 1);
  layout.facts([
    ['State', text(stream.status).toLowerCase()], ['Confidence', `${text(stream.confidence)} %`], ['Comes every', `${text(object(stream.cadence).days)} days`],
    ...(stream.netAnnual === undefined ? [] : [['Net, last 12 months', cash(stream.netAnnual)] as const]), ...(stream.nextExpectedTransactionDate === undefined ? [] : [['Next expected', day(stream.nextExpectedTransactionDate)] as const]),
  ]);
  const paid = objects(stream.transactions);
  if (stream.netAnnual === undefined && paid.length > 0) layout.table([{ title: 'Posted', share: 20 }, { title: 'Description', share: 80 }], paid.toReversed().map((row) => [day(row.postedDate), text(row.description)]));
}

type Path = readonly [string, string];

function cashFlowPart(layout: Layout, body: Json, heading: string, balances: Path, credits: Path, debits: Path, level: 0 | 1): void {
  const monthly = ([section, list]: Path) => objects(object(body[section])[list]);
  const [balance, credit, debit] = [monthly(balances), monthly(credits), monthly(debits)];
  if (balance.length === 0) return;
  layout.heading(heading, level);
  const columns: Column[] = [
    { title: 'Month', share: 12 }, { title: 'In', share: 16, align: 'right' }, { title: 'Out', share: 16, align: 'right' }, { title: 'Lowest', share: 16, align: 'right' }, { title: 'Highest', share: 16, align: 'right' }, { title: 'Average', share: 16, align: 'right' },
  ];
  layout.table(columns, balance.map((entry, at) => [
    month(entry.month), money(credit[at]?.totalCreditsAmount), money(debit[at]?.totalDebitsAmount), money(entry.minDailyBalance), money(entry.maxDailyBalance), money(entry.averageDailyBalance),
  ]));
}
