// A pay slip as an employer would print it: what payment reports read of a seeded customer's, so that file and report say the same.
import type { stubDeductions, stubFigures } from '../reports/payStatements.ts';
import { createLayout, day, money } from './layout.ts';

type Figures = ReturnType<typeof stubFigures>;

export function payStubPdf(figures: Figures, deductions: ReturnType<typeof stubDeductions>): Uint8Array {
  const { employer, employee, payDate, startDate, endDate } = figures;
  const layout = createLayout(
    { title: `Pay statement ${day(payDate)}`, author: employer.name, subject: `Pay of ${employee.name}`, created: payDate }, `${employer.name} - pay of ${day(payDate)} - sandbox data, nothing in it is real`,
  );
  layout.cover(employer.name, [`${employer.address1}, ${employer.city}, ${employer.state} ${employer.zip}`, `Pay statement of ${employee.name}`, `Paid on ${day(payDate)} for ${day(startDate)} to ${day(endDate)}`]);
  layout.facts([['Gross', money(figures.grossPayCurrent)], ['Net', money(figures.netPayCurrent)], ['Gross, this year', money(figures.grossPayYTD)], ['Net, this year', money(figures.netPayYTD)], ['Made by', figures.payrollProvider]]);
  const columns = [{ title: 'Line', share: 50 }, { title: 'Now', share: 25, align: 'right' as const }, { title: 'This year', share: 25, align: 'right' as const }];
  layout.heading('Earnings', 0);
  layout.table(columns, figures.payStat.map((line) => [line.description, money(line.amountCurrent), money(line.amountYTD)]));
  layout.heading('Deductions', 0);
  layout.table(columns, deductions.map((line) => [line.description, money(line.amountCurrent), money(line.amountYTD)]));
  return layout.finish();
}
