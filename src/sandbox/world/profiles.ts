// Which accounts a sign-in brings: by FinBank profile (the password at "FinBank Profiles", the user name at plain FinBank), or by persona and
// slot for customers of the seed. Every account type of the API stands in here somewhere.
import type { PersonaId, TransactionStream } from '../entities.ts';
import type { SeedRandom } from '../seedRandom.ts';

export interface Template {
  type: string;
  name: string;
  /** `main` is the checking stream that fits the person. */
  stream: TransactionStream | 'main';
  business?: boolean;
  currency?: 'CAD';
}

/** Sign-ins that a seeded customer can have at most. */
export const SLOTS = 4;

const account = (type: string, name: string, stream: Template['stream'], more: Partial<Template> = {}): Template => ({ type, name, stream, ...more });
const checking = account('checking', 'Everyday Checking', 'main');
const savings = account('savings', 'Rainy Day Savings', 'savings');
const card = account('creditCard', 'Rewards Card', 'creditCard');
const moneyMarket = account('moneyMarket', 'Money Market Plus', 'moneyMarket');
const cd = account('cd', '18 Month Certificate', 'certificate');
const mortgage = account('mortgage', '30 Year Fixed Mortgage', 'mortgage');
const autoLoan = account('loan', 'Auto Loan', 'loan');
const line = account('lineOfCredit', 'Flex Credit Line', 'lineOfCredit');
const brokerage = account('investment', 'Brokerage', 'investment');
const retirement = (type: string, name: string) => account(type, name, 'retirement');
const studentLoans: readonly Template[] = [
  account('studentLoanGroup', 'Direct Loans Group A', 'none'), account('studentLoanAccount', 'Direct Subsidized', 'studentLoan'), account('studentLoanAccount', 'Direct Unsubsidized', 'studentLoan'),
];

const PROFILES: Readonly<Record<string, readonly Template[]>> = {
  // Plain FinBank with demo/go: one of everything a branch sells.
  demo: [checking, savings, card, moneyMarket, cd, brokerage, retirement('ira', 'Traditional IRA'), line, mortgage, autoLoan],
  profile_01: [checking, savings],
  profile_02: [account('checking', 'Primary Checking', 'salaryChecking'), savings, retirement('401k', 'Employer 401(k)'), card, brokerage],
  profile_03: [account('checking', 'Super Checking', 'salaryChecking'), account('savings', 'Super Savings', 'savings'), card],
  profile_04: [account('checking', 'Business Checking', 'businessChecking', { business: true }), account('creditCard', 'Business Card', 'creditCard', { business: true }), account('lineOfCredit', 'Business Line', 'lineOfCredit', { business: true }), account('loan', 'Equipment Loan', 'loan', { business: true })],
  profile_05: [account('checking', 'Freelance Checking', 'freelanceChecking'), savings, retirement('sepIRA', 'SEP IRA')],
  profile_06: [account('checking', 'Golden Checking', 'pensionChecking'), cd, moneyMarket, retirement('pension', 'State Pension'), retirement('rollover', 'Rollover IRA')],
  profile_07: [account('checking', 'Student Checking', 'studentChecking'), savings, ...studentLoans],
  profile_08: [account('checking', 'Joint Checking', 'salaryChecking'), savings, card, mortgage, account('529', 'College 529', 'retirement')],
  profile_09: [brokerage, retirement('roth', 'Roth IRA'), account('cryptocurrency', 'Coin Wallet', 'investment')],
  profile_10: [account('checking', 'Chequing', 'salaryChecking', { currency: 'CAD' }), account('savings', 'Epargne', 'savings', { currency: 'CAD' })],
  oauth: [retirement('ira', 'IRA'), retirement('401k', '401(k)'), savings, card],
};

/** What a profile brings; an unknown one brings what fits the person. */
export function profileTemplates(profile: string, persona: PersonaId, random: SeedRandom): readonly Template[] {
  return PROFILES[profile] ?? slotTemplates(persona, 0, random);
}

export function mainStream(persona: PersonaId): TransactionStream {
  const streams: Record<PersonaId, TransactionStream> = {
    salaried: 'salaryChecking', household: 'salaryChecking', freelancer: 'freelanceChecking', smallBusiness: 'businessChecking', retired: 'pensionChecking', student: 'studentChecking',
  };
  return streams[persona];
}

const workPlans = [['401k', 'Employer 401(k)'], ['403b', '403(b) Plan'], ['457', 'Deferred Comp 457'], ['roth401k', 'Roth 401(k)'], ['thriftSavingsPlan', 'Thrift Savings Plan'], ['401a', '401(a) Plan']] as const;
const ownPlans = [['sepIRA', 'SEP IRA'], ['simpleIRA', 'SIMPLE IRA'], ['keogh', 'Keogh Plan'], ['profitSharingPlan', 'Profit Sharing']] as const;
const childPlans = [['529', 'College 529'], ['educationSavings', 'Education Savings'], ['ugma', 'UGMA Custodial'], ['utma', 'UTMA Custodial']] as const;
const irAs = [['ira', 'Traditional IRA'], ['roth', 'Roth IRA'], ['rollover', 'Rollover IRA']] as const;

/** What a seeded customer has at a sign-in. Draws from `random`, so that customers of one persona differ. */
export function slotTemplates(persona: PersonaId, slot: number, random: SeedRandom): readonly Template[] {
  const plan = (plans: readonly (readonly [string, string])[]) => retirement(...random.pick(plans));
  const maybe = (template: Template, chance: number) => (random.chance(chance) ? [template] : []);
  const other: Template[] = random.chance(0.03) ? [account('unknown', 'Member Share', 'none')] : [];
  const sets: Record<PersonaId, readonly (() => Template[])[]> = {
    salaried: [
      () => [checking, savings, card, ...maybe(cd, 0.15)], () => [plan(workPlans), ...maybe(account('employeeStockPurchasePlan', 'Stock Purchase Plan', 'investment'), 0.4), ...maybe(account('healthSavingsAccount', 'Health Savings', 'retirement'), 0.4)],
      () => [autoLoan, ...maybe(account('studentLoan', 'Refinanced Student Loan', 'studentLoan'), 0.5)], () => [random.chance(0.5) ? brokerage : account('brokerageAccount', 'Self-Directed Brokerage', 'investment'), plan(irAs)],
    ],
    household: [
      () => [account('checking', 'Joint Checking', 'main'), savings, card, mortgage], () => [plan(childPlans), plan(workPlans)],
      () => [moneyMarket, autoLoan], () => [plan(irAs), brokerage, ...maybe(account('variableAnnuity', 'Variable Annuity', 'retirement'), 0.4)],
    ],
    freelancer: [
      () => [account('checking', 'Freelance Checking', 'main'), savings, card], () => [plan(ownPlans), ...maybe(account('investmentTaxDeferred', 'Tax Deferred Investment', 'retirement'), 0.5)],
      () => [account('cryptocurrency', 'Coin Wallet', 'investment')], () => [line, cd],
    ],
    smallBusiness: [
      () => [account('checking', 'Business Checking', 'main', { business: true }), account('creditCard', 'Business Card', 'creditCard', { business: true }), account('lineOfCredit', 'Business Line', 'lineOfCredit', { business: true }), ...maybe(account('moneyMarket', 'Business Money Market', 'moneyMarket', { business: true }), 0.6)],
      () => [account('loan', 'Equipment Loan', 'loan', { business: true }), ...maybe(plan(ownPlans), 0.5)], () => [account('cd', 'Business Certificate', 'certificate', { business: true })], () => [plan(irAs)],
    ],
    retired: [
      () => [account('checking', 'Golden Checking', 'main'), savings, ...maybe(cd, 0.6), ...maybe(moneyMarket, 0.5)], () => [account('pension', 'State Pension', 'retirement'), plan(irAs)],
      () => [account('variableAnnuity', 'Variable Annuity', 'retirement'), account('brokerageAccount', 'Income Brokerage', 'investment')], () => [card],
    ],
    student: [
      () => [account('checking', 'Student Checking', 'main'), ...maybe(savings, 0.7)], () => (random.chance(0.6) ? [...studentLoans] : [account('studentLoan', 'Student Loan', 'studentLoan')]), () => [card], () => [account('savings', 'Travel Savings', 'savings')],
    ],
  };
  return [...(sets[persona][slot % SLOTS]?.() ?? [checking]), ...other];
}
