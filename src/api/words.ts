// Words for the API's values that more than one part shows: the tree reads them here, the report view gets them by message.

/** Account types in words, by the wire's spelling. */
export const accountTypes: Readonly<Record<string, string>> = {
  checking: 'Checking', savings: 'Savings', cd: 'Certificate of deposit', moneyMarket: 'Money market', creditCard: 'Credit card', lineOfCredit: 'Line of credit',
  investment: 'Investment', investmentTaxDeferred: 'Tax-deferred investment', employeeStockPurchasePlan: 'Employee stock purchase plan', ira: 'IRA', '401k': '401(k)',
  roth: 'Roth IRA', '403b': '403(b)', '529': '529 plan', '529plan': '529 plan', rollover: 'Rollover IRA', ugma: 'UGMA custodial', utma: 'UTMA custodial', keogh: 'Keogh plan',
  '457': '457 plan', '457plan': '457 plan', '401a': '401(a)', brokerageAccount: 'Brokerage', educationSavings: 'Education savings', healthSavingsAccount: 'Health savings',
  pension: 'Pension', profitSharingPlan: 'Profit-sharing plan', roth401k: 'Roth 401(k)', sepIRA: 'SEP IRA', simpleIRA: 'SIMPLE IRA', thriftSavingsPlan: 'Thrift savings plan',
  variableAnnuity: 'Variable annuity', cryptocurrency: 'Cryptocurrency', mortgage: 'Mortgage', loan: 'Loan', studentLoan: 'Student loan',
  studentLoanGroup: 'Student loan group', studentLoanAccount: 'Student loan account', unknown: 'Unknown type',
};
