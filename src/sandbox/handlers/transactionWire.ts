// A transaction as the wire shows it: ids are numbers here, what is not known is an explicit null. The investment fields are only there for
// investment accounts; pages of a thousand rows are long enough without thirty nulls a row.
import type { AccountEntity, TransactionEntity } from '../entities.ts';
import { securityOf } from '../world/holdings.ts';
import { holdsSecurities } from '../world/transactions.ts';

const NO_DESCRIPTION = 'No description provided by institution';

export function wireTransaction(row: TransactionEntity, account: Pick<AccountEntity, 'stream'>) {
  const { memo = null, city = null, state = null, parts } = row;
  const wire = {
    id: row.id, amount: row.amount, accountId: Number(row.accountId), customerId: Number(row.customerId), uniqueTransactionId: `${row.accountId}-${row.id}`, status: row.status,
    description: row.description || NO_DESCRIPTION, memo, type: row.type, transactionDate: row.transactionDate, postedDate: row.postedDate ?? null, createdDate: row.createdDate,
    firstEffectiveDate: null, effectiveDate: null, checkNum: row.checkNum ?? null, escrowAmount: parts?.escrow ?? null, feeAmount: row.type === 'fee' ? Math.abs(row.amount) : null, suspenseAmount: null,
    interestAmount: parts?.interest ?? null, principalAmount: parts?.principal ?? null, runningBalanceAmount: row.runningBalance ?? null, currencySymbol: null,
    categorization: {
      normalizedPayeeName: row.payee || (representation(row.description, row.memo) ?? NO_DESCRIPTION), category: row.category, city, state, postalCode: null, country: 'USA', bestRepresentation: representation(row.description, row.memo),
      entityStandardizationConfidenceScore: confidence(row),
    },
  };
  return holdsSecurities(account) ? { ...wire, ...investmentFields(row) } : wire;
}

function investmentFields({ security, type, description, amount }: TransactionEntity) {
  const entry = security && securityOf(security.ticker);
  return {
    unitQuantity: security?.units ?? null, unitPrice: security?.unitPrice ?? null, ticker: security?.ticker ?? null, investmentTransactionType: investmentType({ security, type, description, amount }), commissionAmount: security ? 0 : null,
    taxesAmount: null, incomeType: type === 'dividend' ? 'DIV' : null, subaccountSecurityType: security ? 'CASH' : null, subAccountFund: security ? 'CASH' : null, securityId: entry?.cusip ?? null, securityIdType: entry ? 'CUSIP' : null,
    optionExpireDate: null, optionStrikePrice: null, splitDenominator: null, splitNumerator: null, sharesPerContract: null,
  };
}

/** Out of the API's vocabulary, by what was done. */
export function investmentType({ security, type, description, amount }: Pick<TransactionEntity, 'security' | 'type' | 'description' | 'amount'>): string {
  if (security) return type === 'dividend' ? 'dividendReinvest' : amount > 0 ? 'purchased' : 'sold';
  if (type === 'dividend') return 'dividend';
  return /CONTRIBUTION|MATCH/.test(description) ? 'contribution' : type === 'transfer' ? 'transfer' : 'deposit';
}

/** Description and memo in one, without what they repeat and without numbers and signs. */
function representation(description: string, memo = ''): string | null {
  const words = `${description} ${description.includes(memo) ? '' : memo}`.replace(/[^A-Za-z ]+/g, ' ').replace(/\s+/g, ' ').trim().toUpperCase();
  return words === '' ? null : words;
}

const confidence = ({ payee, type }: TransactionEntity) => (payee === '' || type === 'transfer' ? null : 80 + ((payee.length * 37) % 200) / 10);
