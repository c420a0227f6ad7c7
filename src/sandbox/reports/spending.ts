// Which category of the API's vocabulary counts as which kind of spending in analytics reports. The public data dictionary was not
// available, so the line between what a person must spend and what they choose to is drawn here.
import type { Flow } from './analyticsStreams.ts';

const INSURANCE = ['Auto Insurance', 'Health Insurance', 'Home Insurance', 'Life Insurance', 'Loan Insurance'];
const TAXES = ['Federal Tax', 'State Tax', 'Local Tax', 'Property Tax', 'Sales Tax', 'Taxes'];
const UTILITIES = ['Utilities', 'Bills & Utilities', 'Television', 'Home Phone'];
const COMMUNICATION = ['Internet', 'Mobile Phone'];
const MUST = [
  ...INSURANCE, ...TAXES, ...UTILITIES, ...COMMUNICATION, 'Groceries', 'Gas & Fuel', 'Pharmacy', 'Doctor', 'Dentist', 'Eyecare', 'Mortgage & Rent',
  'Public Transportation', 'Parking', 'Child Support',
  'Babysitter & Daycare', 'Baby Supplies', 'Education', 'Loan Payment', 'Loans', 'Loan Interest', 'Loan Principal', 'Auto Payment', 'Student Loan',
  'Bank Fee', 'Fees & Charges', 'Finance Charge',
  'Late Fee', 'Service Fee', 'Low Balance', 'ATM Fee', 'Paycheck',
];
const set = (...categories: readonly string[]) => new Set(categories);

/** Neither spent nor earned: it only moves. */
const MOVES = set('Transfer', 'Credit Card Payment', 'Investments', 'Buy', 'Sell', 'Deposit', 'Check', 'Cash & ATM');
const INSURED = set(...INSURANCE);
const TAXED = set(...TAXES);
const NEEDED = set(...MUST);

export const isMove = ({ category }: Flow) => MOVES.has(category);
export const isSpending = (flow: Flow) => flow.amount < 0 && !isMove(flow);
export const isInsurance = (flow: Flow) => flow.amount < 0 && INSURED.has(flow.category);
export const isTax = (flow: Flow) => flow.amount < 0 && TAXED.has(flow.category);
export const isNeeded = (flow: Flow) => isSpending(flow) && NEEDED.has(flow.category);
export const isChosen = (flow: Flow) => isSpending(flow) && !NEEDED.has(flow.category);
/** What a firm takes in by its trade. */
export const isRevenue = ({ amount, category, row }: Flow) => amount > 0 && !['Transfer', 'Loans', 'Interest Income', 'Credit Card Payment', 'Sell', 'Dividend & Cap Gains'].includes(category) && row.type !== 'interest';

/** The kinds of spending that foresight reports tell apart, with what a household of middling income spends on each in a month, in dollars. */
export const SPENDING: readonly { name: string; categories: ReadonlySet<string>; monthly: number }[] = [
  { name: 'ACCOMMODATION_SPENDING', categories: set('Hotel', 'Vacation'), monthly: 85 },
  {
    name: 'ENTERTAINMENT_SPENDING',
    categories: set('Entertainment', 'Movies & DVDs', 'Music', 'Streaming Services', 'Amusement', 'Arts', 'Sports', 'Hobbies', 'Newspapers & Magazines'),
    monthly: 110,
  },
  { name: 'FUEL_SPENDING', categories: set('Gas & Fuel'), monthly: 190 },
  { name: 'BOOKS_SPENDING', categories: set('Books', 'Books & Supplies'), monthly: 22 },
  { name: 'COMMUNICATION_SERVICES_SPENDING', categories: set(...COMMUNICATION), monthly: 165 },
  { name: 'CONSUMER_ELECTRONICS_SPENDING', categories: set('Electronics & Software'), monthly: 75 },
  { name: 'PHARMACY_SPENDING', categories: set('Pharmacy'), monthly: 45 },
  { name: 'EATING_PLACES_SPENDING', categories: set('Restaurants', 'Fast Food', 'Coffee Shops', 'Food & Dining', 'Alcohol & Bars'), monthly: 320 },
  { name: 'CLOTHING_SPENDING', categories: set('Clothing'), monthly: 105 },
  {
    name: 'FINANCIAL_SERVICES_SPENDING',
    categories: set('Bank Fee', 'Fees & Charges', 'Finance Charge', 'Late Fee', 'Service Fee', 'Low Balance', 'ATM Fee', 'Financial', 'Financial Advisor', 'Loan Fees and Charges'),
    monthly: 35,
  },
  { name: 'GROCERIES_SPENDING', categories: set('Groceries'), monthly: 480 },
  {
    name: 'HEALTH_BEAUTY_MEDICAL_SPENDING',
    categories: set('Doctor', 'Dentist', 'Eyecare', 'Gym', 'Hair', 'Spa & Massage', 'Health & Fitness', 'Personal Care'), monthly: 150,
  },
  {
    name: 'HOME_IMPROVEMENT_SPENDING', categories: set('Home Improvement', 'Home', 'Home Services', 'Home Supplies', 'Furnishings', 'Lawn & Garden'),
    monthly: 130,
  },
  { name: 'INSURANCE_SPENDING', categories: INSURED, monthly: 210 },
  { name: 'TRAVEL_SPENDING', categories: set('Air Travel', 'Rental Car & Taxi', 'Travel', 'Public Transportation'), monthly: 140 },
  { name: 'UTILITIES_SPENDING', categories: set(...UTILITIES), monthly: 240 },
];
export const CHOSEN_MONTHLY = 1_150;
export const NEEDED_MONTHLY = 2_900;
