// What a bank's words and a card's category code say about a transaction when no merchant of the world's tables is in it. Rules are tried
// in order, the narrow before the wide. Categories are the words of the API's own categorization.

/** Category code (MCC, ISO 18245) to category. */
const BY_CODE: Readonly<Record<string, string>> = {
  4111: 'Public Transportation', 4121: 'Rental Car & Taxi', 4131: 'Public Transportation', 4215: 'Shipping', 4511: 'Air Travel',
  4812: 'Mobile Phone', 4814: 'Mobile Phone', 4816: 'Internet',
  4899: 'Streaming Services', 4900: 'Utilities', 5200: 'Home Improvement', 5211: 'Home Improvement', 5251: 'Home Improvement',
  5310: 'Shopping', 5311: 'Shopping', 5331: 'Shopping', 5399: 'Shopping', 5411: 'Groceries', 5541: 'Gas & Fuel', 5542: 'Gas & Fuel',
  5651: 'Clothing', 5691: 'Clothing', 5732: 'Electronics & Software', 5734: 'Electronics & Software', 5735: 'Music',
  5812: 'Restaurants', 5813: 'Restaurants', 5814: 'Fast Food', 5912: 'Pharmacy', 5942: 'Books', 5943: 'Office Supplies',
  5994: 'Newspapers & Magazines', 5995: 'Pets', 6010: 'Cash & ATM', 6011: 'Cash & ATM', 6300: 'Auto Insurance', 7011: 'Hotel',
  7230: 'Hair', 7311: 'Advertising', 7512: 'Rental Car & Taxi', 7832: 'Entertainment', 7922: 'Entertainment', 7997: 'Gym', 8011: 'Doctor',
};

/** Undefined for a code that is not in the table. */
export const categoryOfCode = (code: string | undefined): string | undefined =>
  (code !== undefined && Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined);

export const GROUP_OF: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    'Groceries & Dining': ['Groceries', 'Fast Food', 'Coffee Shops', 'Restaurants'],
    'Auto & Transport': ['Gas & Fuel', 'Rental Car & Taxi', 'Public Transportation', 'Auto Insurance'],
    'Bills & Utilities': ['Utilities', 'Internet', 'Mobile Phone'],
    Home: ['Home Improvement', 'Mortgage & Rent'],
    Shopping: ['Shopping', 'Clothing', 'Electronics & Software', 'Books', 'Pets'],
    Entertainment: ['Entertainment', 'Streaming Services', 'Music', 'Newspapers & Magazines'],
    'Health & Personal Care': ['Pharmacy', 'Doctor', 'Gym', 'Hair'],
    Travel: ['Hotel', 'Air Travel'],
    Education: ['Books & Supplies', 'Student Loan'],
    'Business Services': ['Business Services', 'Office Supplies', 'Shipping', 'Advertising'],
    Income: ['Paycheck', 'Bonus', 'Income', 'Interest Income', 'Deposit', 'Dividend & Cap Gains'],
    Investments: ['Buy', 'Sell', 'Investments'],
    'Fees & Charges': ['Fees & Charges', 'Service Fee', 'Finance Charge'],
    Loans: ['Loan Payment', 'Loan Interest', 'Loans', 'Credit Card Payment'],
    Taxes: ['Federal Tax', 'State Tax', 'Sales Tax'],
    'Transfers & Cash': ['Transfer', 'Cash & ATM', 'Check'],
  }).flatMap(([group, categories]) => categories.map((category) => [category, group])),
);
export const UNKNOWN_CATEGORY = 'Uncategorized';

export interface PhraseRule {
  says: RegExp;
  category: string;
  /** The payee; what stands before the phrase when left out. */
  payee?: string;
  /** Only for money that goes this way. */
  way?: 'in' | 'out';
  recurs?: boolean;
}

/** What banks print for what has no merchant. */
export const PHRASES: readonly PhraseRule[] = [
  { says: /USATAXPYMT|\bIRS\b|EFTPS/, category: 'Federal Tax', payee: 'Internal Revenue Service' },
  { says: /TAX COMM.*SALES TAX/, category: 'Sales Tax', payee: 'State Tax Commission' },
  { says: /TAX COMM|FRANCHISE TAX/, category: 'State Tax', payee: 'State Tax Commission' },
  { says: /CASH DEPOSIT/, category: 'Deposit', payee: 'Cash Deposit' },
  { says: /\bATM\b/, category: 'Cash & ATM', payee: 'ATM Withdrawal' },
  { says: /\bNSF\b/, category: 'Fees & Charges', payee: 'NSF Fee' },
  { says: /OVERDRAFT/, category: 'Fees & Charges', payee: 'Overdraft Fee' },
  { says: /SERVICE CHARGE|MONTHLY (SERVICE |MAINTENANCE )?FEE/, category: 'Service Fee', payee: 'Service Charge' },
  { says: /INTEREST CHARGE ON PURCHASES/, category: 'Finance Charge', payee: 'Interest Charge' },
  { says: /INTEREST CHARGE/, category: 'Loan Interest', payee: 'Interest Charge' },
  { says: /INTEREST (PAID|PAYMENT|EARNED)/, category: 'Interest Income', payee: 'Interest Paid', recurs: true },
  { says: /\bDIVIDEND/, category: 'Dividend & Cap Gains' },
  { says: /SSA TREAS|SOC SEC/, category: 'Income', payee: 'Social Security Administration', recurs: true },
  { says: /STATE RETIREMENT/, category: 'Income', payee: 'State Retirement System', way: 'in', recurs: true },
  { says: /STUDENT REFUND/, category: 'Deposit', payee: 'State University', way: 'in' },
  { says: /GIGLANE/, category: 'Income', payee: 'Giglane', way: 'in' },
  { says: /\bBONUS\b/, category: 'Bonus', way: 'in' },
  { says: /PAYROLL DIR DEP EMP/, category: 'Paycheck', payee: 'Payroll', way: 'out', recurs: true },
  { says: /\bPAYROLL\b|\bSALARY\b|\bDIR(ECT)? DEP/, category: 'Paycheck', way: 'in', recurs: true },
  { says: /EMPLOYEE .*CONTRIBUTION/, category: 'Investments', payee: 'Employee Contribution' },
  { says: /EMPLOYER MATCH/, category: 'Investments', payee: 'Employer Match' },
  { says: /ACH CONTRIBUTION|CONTRIBUTION FROM|^CONTRIBUTION$/, category: 'Transfer', payee: 'Contribution' },
  { says: /INSTANT PAY (TO|FROM)/, category: 'Transfer', payee: 'Instant Pay' },
  { says: /OWNER DRAW/, category: 'Transfer', payee: 'Owner Draw' },
  { says: /OWNER CONTRIBUTION/, category: 'Transfer', payee: 'Owner Contribution' },
  { says: /TRANSFER (TO|FROM)\b/, category: 'Transfer', payee: 'Online Transfer' },
  { says: /ONLINE PAYMENT THANK YOU/, category: 'Credit Card Payment', payee: 'Payment' },
  { says: /CREDIT CARD PAYMENT|CARD ?PMT/, category: 'Credit Card Payment', payee: 'Credit Card Payment' },
  { says: /MORTGAGE PAYMENT RECEIVED/, category: 'Mortgage & Rent', payee: 'Payment', recurs: true },
  { says: /MORTGAGE PAYMENT/, category: 'Mortgage & Rent', payee: 'Mortgage Payment', recurs: true },
  { says: /STUDENT LOAN/, category: 'Student Loan', payee: 'Student Loan Payment', recurs: true },
  { says: /CREDIT LINE ADVANCE/, category: 'Loans', payee: 'Credit Line Advance' },
  { says: /CREDIT LINE PAYMENT/, category: 'Loan Payment', payee: 'Credit Line Payment' },
  { says: /PAYMENT RECEIVED/, category: 'Loan Payment', payee: 'Payment', recurs: true },
  { says: /LOAN PAYMENT/, category: 'Loan Payment', payee: 'Loan Payment', recurs: true },
  { says: /CHECK DEPOSIT/, category: 'Check', payee: 'Check Deposit', way: 'in' },
  { says: /^CHECK( #?\d+)?$/, category: 'Check', payee: 'Check' },
  { says: /\bRENT\b/, category: 'Mortgage & Rent', way: 'out', recurs: true },
];

/** Words that merchants of a trade have in their names; weak evidence. */
export const TRADES: readonly (readonly [RegExp, string])[] = [
  [/COFFEE|ESPRESSO|ROASTER|\bCAFE\b|TEAHOUSE/, 'Coffee Shops'],
  [/PIZZA|BURGER|\bTACO|BURRITO|NOODLE|SANDWICH|\bDELI\b|FRIED CHICKEN/, 'Fast Food'],
  [/RESTAURANT|BISTRO|\bDINER\b|STEAKHOUSE|SUSHI|TAVERN|TRATTORIA/, 'Restaurants'],
  [/GROCER|SUPERMARKET|\bMKT\b|\bMARKET\b|\bFOODS\b/, 'Groceries'],
  [/\bFUEL\b|\bGAS\b|PETROLEUM/, 'Gas & Fuel'],
  [/PHARMACY|\bRX\b|DRUGSTORE/, 'Pharmacy'],
  [/AIRLINE|AIRWAYS|\bAIR\b/, 'Air Travel'],
  [/HOTEL|MOTEL|\bINN\b|RESORT/, 'Hotel'],
  [/\bGYM\b|FITNESS|YOGA/, 'Gym'],
  [/INSURANCE|\bINS\b/, 'Auto Insurance'],
  [/\bPOWER\b|ELECTRIC|WATER WORKS|\bUTIL|\bENERGY\b/, 'Utilities'],
  [/INTERNET|BROADBAND/, 'Internet'],
  [/WIRELESS|CELLULAR|\bMOBILE\b/, 'Mobile Phone'],
  [/\bTAXI\b|\bCAB\b|\bRIDES?\b|CAR RENTAL/, 'Rental Car & Taxi'],
  [/TRANSIT|SUBWAY|\bMETRO\b/, 'Public Transportation'],
  [/CINEMA|THEATER|THEATRE|TICKETS/, 'Entertainment'],
  [/STREAMING/, 'Streaming Services'],
  [/BOOKSTORE|\bBOOKS\b/, 'Books'],
  [/\bPETS?\b|VETERINARY/, 'Pets'],
  [/CLINIC|MEDICAL|DENTAL|HOSPITAL/, 'Doctor'],
  [/SALON|BARBER/, 'Hair'],
  [/HARDWARE|LUMBER/, 'Home Improvement'],
  [/PARCEL|SHIPPING/, 'Shipping'],
  [/OUTLET|\bSTORE\b|\bSHOP\b/, 'Shopping'],
];
