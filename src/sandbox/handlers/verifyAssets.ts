// Reports about what a person owns; what differs between them stands in reports/kinds.ts.
import type { Handlers } from '../types.ts';
import { generateReport } from './generateReport.ts';

export const verifyAssetsHandlers: Handlers = {
  GenerateVOAReport: generateReport,
  GenerateVOAWithIncomeReport: generateReport,
  GeneratePrequalificationCRAReport: generateReport,
  GeneratePrequalificationNonCRAReport: generateReport,
};
