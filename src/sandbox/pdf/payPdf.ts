// The parts of a report's PDF about pay: employments as payroll states them, and pay statements, digitized.
import { object, objects, text } from './json.ts';
import type { Json } from './json.ts';
import { day, money } from './layout.ts';
import type { Column, Layout } from './layout.ts';

const addressOf = (value: unknown) => {
  const { address1, city, state, zip } = object(value);
  return [address1, city, [state, zip].filter(Boolean).join(' ')].filter(Boolean).join(', ');
};
const fact = (label: string, value: unknown) => (value === undefined || value === '' ? [] : [[label, text(value)] as const]);
const amount = (label: string, value: unknown) => (typeof value === 'number' ? [[label, money(value)] as const] : []);

export function employmentPart(layout: Layout, body: Json): void {
  for (const entry of objects(body.employmentHistory)) {
    const [employment, employee, income] = [object(entry.employment), object(entry.employee), object(entry.income)];
    layout.heading(text(entry.employerName), 0);
    layout.facts([
      ...fact('Status', `${text(employment.employmentStatusName)}, ${text(employment.workLevelStatus).toLowerCase()}`), ...fact('Employee', employee.name), ...fact('Position', employment.positionTitle),
      ...fact('Hired', day(employment.originalHireDate)), ...(employment.employmentEndDate === undefined ? [] : fact('Left', day(employment.employmentEndDate))), ...fact('Last paid', day(employment.latestPayDate)),
      ...fact('Pay comes', income.payFrequency), ...fact('Employer\'s address', addressOf(objects(employment.employerAddress)[0])), ...fact('Employer\'s number', employment.legalEntityId),
      ...fact('Told by', `${text(entry.payrollProvider)}, as of ${day(entry.asOfDate)}`),
    ]);
    payPart(layout, income);
  }
}

function payPart(layout: Layout, income: Json): void {
  const statements = objects(income.directPayStatements);
  if (income.annualIncome === undefined) return;
  const monthly = object(income.monthlyIncome);
  layout.heading('Pay', 1);
  layout.facts([
    ...fact('Rate', `${money(income.basePayRate)} (${text(income.basePayRateUnit).toLowerCase()})`), ...amount('Average month, base', monthly.estimatedMonthlyBasePay), ...amount('Average month, bonuses', monthly.estimatedMonthlyBonusPay),
    ...amount('Average month, in all', monthly.estimatedMonthlyTotalPay),
  ]);
  layout.table(
    [{ title: 'Year', share: 20 }, { title: 'Gross', share: 20, align: 'right' }, { title: 'Net', share: 20, align: 'right' }, { title: 'Base', share: 20, align: 'right' }],
    objects(income.annualIncome).map((year) => [text(year.year), money(year.grossPayAmountYTD), money(year.netPayAmountYTD), money(year.basePayAmountYTD)]),
  );
  layout.heading(`Pay statements (${statements.length})`, 1);
  if (statements.length === 0) layout.paragraph('There are none in this period.');
  else {
    layout.table(
      [{ title: 'Paid', share: 13 }, { title: 'From', share: 13 }, { title: 'To', share: 13 }, { title: 'Kind', share: 13 }, { title: 'Gross', share: 16, align: 'right' }, { title: 'Net', share: 16, align: 'right' }, { title: 'Gross, year', share: 16, align: 'right' }],
      statements.map(({ mainPayStatementFields, earnings }) => {
        const main = object(mainPayStatementFields);
        return [day(main.payDate), day(main.startDate), day(main.endDate), text(objects(earnings)[0]?.type), money(main.grossPayAmount), money(main.netPayAmount), money(main.grossPayAmountYTD)];
      }),
    );
  }
}

const LINES: readonly Column[] = [{ title: 'Kind', share: 22 }, { title: 'Description', share: 40 }, { title: 'Now', share: 19, align: 'right' }, { title: 'This year', share: 19, align: 'right' }];

export function payStatementsPart(layout: Layout, body: Json): void {
  for (const statement of objects(body.payStatements)) {
    layout.heading(`Pay statement ${text(statement.payPeriod)}`, 0);
    if (statement.errorMessage !== undefined) {
      layout.facts([...fact('Asset', statement.assetId), ...fact('Not read', statement.errorMessage)]);
      continue;
    }
    const [employer, employee, monthly] = [object(statement.employer), object(statement.employee), object(statement.monthlyIncome)];
    layout.facts([
      ...fact('Employer', employer.name), ...fact('Employer\'s address', addressOf(employer)), ...fact('Employee', employee.name), ...fact('Employee\'s address', addressOf(employee)), ...fact('Paid', day(statement.payDate)),
      ...fact('Period', `${day(statement.startDate)} to ${day(statement.endDate)}`), ...amount('Gross', statement.grossPayCurrent), ...amount('Net', statement.netPayCurrent), ...amount('Gross, this year', statement.grossPayYTD),
      ...amount('Net, this year', statement.netPayYTD), ...amount('Average month, base', monthly.estimatedMonthlyBasePay), ...amount('Average month, bonuses', monthly.estimatedMonthlyBonusPay), ...fact('Borne out by deposits', statement.matchType),
      ...fact('Made by', statement.payrollProvider), ...fact('Asset', statement.assetId),
    ]);
    lines(layout, 'Earnings', objects(statement.payStat));
    lines(layout, 'Deductions', objects(statement.deductions));
    const deposits = objects(statement.directDeposits);
    if (deposits.length === 0) continue;
    layout.heading('Paid to', 1);
    layout.table(
      [{ title: 'Bank', share: 40 }, { title: 'Account', share: 30 }, { title: 'Ending in', share: 15 }, { title: 'Amount', share: 15, align: 'right' }],
      deposits.map((deposit) => [text(deposit.fiName), text(deposit.accountTypeName ?? deposit.accountTypeCode), text(deposit.accountLastFour), money(deposit.amount)]),
    );
  }
}

function lines(layout: Layout, heading: string, rows: readonly Json[]): void {
  if (rows.length === 0) return;
  layout.heading(heading, 1);
  layout.table(LINES, rows.map((row) => [text(row.type), text(row.description), money(row.amountCurrent), money(row.amountYTD)]));
}
