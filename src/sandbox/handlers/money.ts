// Joins the handlers of the money families.
import type { Handlers } from '../types.ts';
import { accountHandlers } from './accounts.ts';
import { accountsSimpleHandlers } from './accountsSimple.ts';
import { analyticsHandlers } from './analytics.ts';
import { cashFlowHandlers } from './cashFlow.ts';
import { enrichmentHandlers } from './enrichment.ts';
import { identityHandlers } from './identity.ts';
import { paymentEnablementHandlers } from './paymentEnablement.ts';
import { paymentHandlers } from './payments.ts';
import { paymentSuccessIndicatorHandlers } from './paymentSuccessIndicators.ts';
import { payStatementHandlers } from './payStatements.ts';
import { legacyAnalyticsHandlers } from './legacyAnalytics.ts';
import { portfolioHandlers } from './portfolios.ts';
import { reportHandlers } from './reports.ts';
import { smallBusinessHandlers } from './smallBusiness.ts';
import { statementHandlers } from './statements.ts';
import { transactionHandlers } from './transactions.ts';
import { verifyAssetsHandlers } from './verifyAssets.ts';
import { verifyIncomeEmploymentHandlers } from './verifyIncomeEmployment.ts';

export const moneyHandlers: Handlers = {
  ...accountHandlers,
  ...accountsSimpleHandlers,
  ...transactionHandlers,
  ...statementHandlers,
  ...payStatementHandlers,
  ...enrichmentHandlers,
  ...verifyAssetsHandlers,
  ...verifyIncomeEmploymentHandlers,
  ...cashFlowHandlers,
  ...analyticsHandlers,
  ...smallBusinessHandlers,
  ...legacyAnalyticsHandlers,
  ...reportHandlers,
  ...portfolioHandlers,
  ...identityHandlers,
  ...paymentHandlers,
  ...paymentEnablementHandlers,
  ...paymentSuccessIndicatorHandlers,
};
