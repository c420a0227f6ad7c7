// A finished report as a PDF, made from the very body that the JSON answer would carry: cover, summary, then account by account everything
// the body holds, all transactions included.
import { createLayout, day, money } from './layout.ts';
import type { Column, Layout } from './layout.ts';

type Json = Record<string, unknown>;
const objects = (value: unknown): Json[] => (Array.isArray(value) ? value.filter((item): item is Json => typeof item === 'object' && item !== null) : []);
const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const text = (value: unknown) => (value === undefined || value === null || value === '' ? '-' : String(value));
const month = (moment: unknown) => day(moment).slice(0, 7);

export function reportPdf(body: Json, source: string): Uint8Array {
  const title = text(body.title);
  const layout = createLayout(
    { title, author: text(body.requesterName), subject: `Report ${text(body.id)}`, created: Number(body.createdDate ?? 0) },
    `Report ${text(body.id)} - sandbox data of the seed "${source}", nothing in it is real`,
  );
  cover(layout, body, title);
  summary(layout, body);
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
    ...(body.startDate === undefined ? [] : [['Period', `${day(body.startDate)} to ${day(body.endDate)} (${text(body.days)} days)`] as const]),
    ...objects(object(body.constraints).reportCustomFields).filter((field) => field.shown !== false).slice(0, 5).map((field) => [text(field.label), text(field.value)] as const),
    ...(body.assetId ? [['Statement', `stored as asset ${text(body.assetId)}`] as const] : []),
  ]);
}

function summary(layout: Layout, body: Json): void {
  const accounts = objects(body.institutions).flatMap((institution) => objects(institution.accounts).map((account) => ({ institution: text(institution.name), account })));
  if (accounts.length === 0) return;
  layout.heading('Summary', 0);
  layout.table(
    [{ title: 'Institution', share: 24 }, { title: 'Account', share: 26 }, { title: 'Number', share: 16 }, { title: 'Type', share: 14 }, { title: 'Balance', share: 16, align: 'right' }, { title: 'Available', share: 16, align: 'right' }],
    accounts.map(({ institution, account }) => [institution, text(account.name), text(account.number), text(account.type), money(account.balance ?? account.currentBalance, currencyOf(account)), money(account.availableBalance, currencyOf(account))]),
  );
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
    ['Balance', `${cash(account.balance ?? account.currentBalance)} on ${day(account.balanceDate)}`], ...(account.averageMonthlyBalance === undefined ? [] : [['Average monthly balance', cash(account.averageMonthlyBalance)] as const]),
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
  for (const stream of objects(account.incomeStreams)) {
    layout.heading(`Income from ${text(stream.name)}`, 1);
    layout.facts([['State', text(stream.status).toLowerCase()], ['Confidence', `${text(stream.confidence)} %`], ['Comes every', `${text(object(stream.cadence).days)} days`], ['Net, last 12 months', cash(stream.netAnnual)]]);
  }
  cashFlowPart(layout, account, 'Cash flow', ['cashFlowBalance', 'monthlyCashFlowBalances'], ['cashFlowCredit', 'monthlyCashFlowCredits'], ['cashFlowDebit', 'monthlyCashFlowDebits'], 1);
  const transactions = objects(account.transactions);
  layout.heading(`Transactions (${transactions.length})`, 1);
  if (transactions.length === 0) layout.paragraph('There are none in this period.');
  else {
    layout.table(
      [{ title: 'Posted', share: 13 }, { title: 'Description', share: 50 }, { title: 'Category', share: 22 }, { title: 'Amount', share: 15, align: 'right' }],
      transactions.toSorted((a, b) => Number(b.postedDate) - Number(a.postedDate)).map((row) => [day(row.postedDate), text(row.description), text(row.category), cash(row.amount)]),
    );
  }
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
