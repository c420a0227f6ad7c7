// Bank statements: one PDF (as application/octet-stream), the list whose entries are assets, and the assets' files. A sign-in that fails
// cannot fetch a statement: an error with its code where one is asked for, a code in the entry where several are.
import type { AccountEntity, TransactionEntity } from '../entities.ts';
import { statementPdf } from '../pdf/statementPdf.ts';
import { customerOf } from '../reports/facts.ts';
import { seededStubOfAsset } from '../reports/seededStubs.ts';
import { hasStatement, statementAssetId, statementMonth, statementOfAsset, statementRows, STATEMENTS } from '../reports/statementAssets.ts';
import type { StatementMonth } from '../reports/statementAssets.ts';
import { ApiFault } from '../types.ts';
import type { Handlers, SandboxContext, SandboxReply } from '../types.ts';
import { PASSING_CODES } from '../world/aggregation.ts';
import { round, rowsOf, theAccount, theCustomer } from './accountAccess.ts';
import { generateReport } from './generateReport.ts';
import { payStubFile } from './payStubFile.ts';
import { payStatementFile, payStatementOfAsset } from './payStatements.ts';

const noStatement = () => new ApiFault(404, 13002, 'Asset not found');
const badIndex = () => new ApiFault(400, 14020, 'Bad request. (index must be a number from 1 to 24).');
const isIndex = (text: string) => /^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= STATEMENTS;

/** The statement's rows are the bank's own: there, whether history was loaded or not. */
function pdfOf(account: AccountEntity, month: StatementMonth, context: SandboxContext): Uint8Array {
  const held = { ...account, historyFrom: 0, aggregationSuccessDate: context.now(), aggregationStatusCode: 0 };
  const rows = statementRows(rowsOf(context, held, month.from, month.to - 1), month);
  const customer = customerOf(account.customerId, context);
  const institution = context.world.institutions.find(({ id }) => id === account.institutionId);
  return statementPdf({
    account, month, rows, institution: institution?.name ?? 'Bank', owner: [customer?.firstName, customer?.lastName].filter(Boolean).join(' '),
    ...balancesOf(account, month, rows, context),
  });
}

/** By the entries themselves where they chain; what was pending at midnight is none of the statement's business. */
function balancesOf(account: AccountEntity, month: StatementMonth, rows: readonly TransactionEntity[], { world }: SandboxContext) {
  const [first, last] = [rows[0], rows.at(-1)];
  const opening = first?.runningBalance === undefined ? world.balanceAt(account, month.from - 1) : round(first.runningBalance - first.amount);
  return { opening, closing: last?.runningBalance ?? world.balanceAt(account, month.to - 1) };
}

const file = (data: Uint8Array): SandboxReply => ({ status: 200, bytes: { type: 'application/octet-stream', data } });
const failing = (account: AccountEntity) => account.aggregationStatusCode !== 0 && !PASSING_CODES.has(account.aggregationStatusCode);

export const statementHandlers: Handlers = {
  GetCustomerAccountStatement: (request, context) => {
    const account = theAccount(request, context);
    const index = request.query.index ?? '1';
    if (!isIndex(index)) throw badIndex();
    if (failing(account)) throw new ApiFault(500, account.aggregationStatusCode, 'The institution could not be read.');
    const month = statementMonth(context.now(), Number(index));
    if (!hasStatement(account, month)) throw noStatement();
    return file(pdfOf(account, month, context));
  },
  GetCustomerAccountMultipleStatement: (request, context) => {
    const account = theAccount(request, context);
    const indexes = (request.query.index ?? '1').split(',').map((text) => text.trim());
    if (indexes.length > STATEMENTS || !indexes.every(isIndex)) throw badIndex();
    const asOfDate = context.now();
    return { status: 200, json: { statements: [...new Set(indexes)].map((index) => entry(account, Number(index), asOfDate, context.world.seed)) } };
  },
  GetAssetByCustomerID: (request, context) => {
    const customer = theCustomer(request, context);
    const uploaded = payStatementOfAsset(customer.id, request.path.assetId ?? '', context);
    if (uploaded) return file(payStatementFile(uploaded));
    const slip = seededStubOfAsset(request.path.assetId ?? '', customer.id, context.world);
    if (slip) return file(payStubFile(slip, customer.id, context));
    const found = statementOfAsset(context.world.seed, context.state.accounts.of(customer.id), context.now(), request.path.assetId ?? '');
    if (!found) throw noStatement();
    return file(pdfOf(found.account, found.month, context));
  },
  GenerateStatementReport: generateReport,
};

function entry(account: AccountEntity, index: number, asOfDate: number, seed: string) {
  const month = statementMonth(asOfDate, index);
  const base = { index: String(index), asOfDate };
  if (failing(account)) return { ...base, description: null, documentDate: null, code: String(account.aggregationStatusCode), message: 'The institution could not be read.' };
  if (!hasStatement(account, month)) return { ...base, description: null, documentDate: null, code: '13002', message: 'Asset not found' };
  const day = (moment: number) => new Date(moment * 1000).toISOString().slice(0, 10);
  return { ...base, id: statementAssetId(seed, account.customerId, account.id, asOfDate, index), description: `Statement ${day(month.from)} to ${day(month.to - 1)}`, documentDate: day(month.to - 1), code: null, message: null };
}
