// Cash flow reports, personal (a consumer report) and business; what differs between them stands in reports/kinds.ts.
import type { Handlers } from '../types.ts';
import { generateReport } from './generateReport.ts';

export const cashFlowHandlers: Handlers = {
  GenerateCashFlowPersonalReport: generateReport,
  GenerateCashFlowBusinessReport: generateReport,
};
