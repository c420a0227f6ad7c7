// Reports about income and employment; what differs between them stands in reports/kinds.ts, where they take it from in reportSources.ts.
import type { Handlers } from '../types.ts';
import { generateReport } from './generateReport.ts';

export const verifyIncomeEmploymentHandlers: Handlers = {
  GenerateVOIReport: generateReport,
  GenerateVOEPayrollReport: generateReport,
  GenerateVOETransactionsReport: generateReport,
  GeneratePayStatementReport: generateReport,
  GenerateVOIEPaystubWithTXVerifyReport: generateReport,
  GenerateVOIEPaystubReport: generateReport,
  RefreshVOIEPayrollReport: generateReport,
};
