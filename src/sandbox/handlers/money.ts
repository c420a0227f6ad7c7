// Joins the handlers of the money families.
import type { Handlers } from '../types.ts';
import { accountHandlers } from './accounts.ts';
import { accountsSimpleHandlers } from './accountsSimple.ts';
import { cashFlowHandlers } from './cashFlow.ts';
import { portfolioHandlers } from './portfolios.ts';
import { reportHandlers } from './reports.ts';
import { statementHandlers } from './statements.ts';
import { transactionHandlers } from './transactions.ts';
import { verifyAssetsHandlers } from './verifyAssets.ts';

export const moneyHandlers: Handlers = {
  ...accountHandlers,
  ...accountsSimpleHandlers,
  ...transactionHandlers,
  ...statementHandlers,
  ...verifyAssetsHandlers,
  ...cashFlowHandlers,
  ...reportHandlers,
  ...portfolioHandlers,
};
