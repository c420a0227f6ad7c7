// The sandbox's own records: what the world generates and the state keeps. Money is in major units of the record's currency
// (12.34 is twelve dollars thirty-four), moments are epoch seconds. Wire shapes are made from these by the handlers, not here.

export interface CustomerEntity {
  /** Ten digits. */
  id: string;
  username: string;
  type: 'testing' | 'active';
  firstName?: string;
  lastName?: string;
  phone?: string;
  email?: string;
  applicationId?: string;
  createdDate: number;
  lastModifiedDate?: number;
  /** What money this person's accounts show; chosen by the seed, or by the FinBank profile that was linked. */
  persona: PersonaId;
}

/** Who a customer is, financially; the world's generator makes two years of transactions of it. */
export type PersonaId = 'salaried' | 'freelancer' | 'smallBusiness' | 'retired' | 'student' | 'household';

export interface LoginEntity {
  /** Institution login id, as a number; paths carry it as text. */
  id: number;
  customerId: string;
  institutionId: number;
  /** FinBank profile that was signed in with, e.g. `profile_02`; decides the accounts. */
  profile: string;
  createdDate: number;
}

export interface AccountEntity {
  /** Ten digits. */
  id: string;
  customerId: string;
  institutionId: number;
  institutionLoginId: number;
  /** As the wire's `type`: checking, savings, creditCard, 401k … */
  type: string;
  name: string;
  /** The full number; the wire shows the last four, or a mask. */
  number: string;
  currency: string;
  marketSegment: 'personal' | 'business';
  status: 'active' | 'pending';
  /** 0 ok, 103 credentials, 185 MFA … */
  aggregationStatusCode: number;
  createdDate: number;
  /** Undefined until the first refresh: the aggregation fields are then absent or null on the wire. */
  aggregationSuccessDate?: number;
  aggregationAttemptDate?: number;
  /** First day for which transactions are held; 180 days before createdDate until history is loaded, then 24 months. */
  historyFrom: number;
  /** Chosen per account: drives its transaction generator, with the world's seed. */
  stream: TransactionStream;
  /** Balance on the day `historyFrom` of the longest history, from which the running balance is counted. */
  openingBalance: number;
  applicationId?: string;
  /** The other accounts of the same sign-in, so that a transfer or a card payment shows in both. */
  siblings?: readonly SiblingAccount[];
}

export interface SiblingAccount {
  id: string;
  type: string;
  stream: TransactionStream;
  /** Last four digits of its number, as descriptions name it. */
  last4: string;
}

/** Which generator makes an account's transactions. */
export type TransactionStream =
  | 'salaryChecking' | 'freelanceChecking' | 'businessChecking' | 'pensionChecking' | 'studentChecking'
  | 'savings' | 'moneyMarket' | 'certificate' | 'creditCard' | 'lineOfCredit'
  | 'investment' | 'retirement' | 'mortgage' | 'loan' | 'studentLoan' | 'none';

export interface TransactionEntity {
  /** Unique within the account, and stable for a seed. */
  id: number;
  accountId: string;
  customerId: string;
  /** Positive into the account for deposit accounts; cards and investments carry the sign that the wire carries (the opposite). */
  amount: number;
  status: 'active' | 'pending' | 'shadow';
  description: string;
  memo?: string;
  /** debit, credit, atm, check, directDeposit, fee, interest, transfer … */
  type: string;
  transactionDate: number;
  postedDate?: number;
  createdDate: number;
  checkNum?: string;
  runningBalance?: number;
  category: string;
  payee: string;
  city?: string;
  state?: string;
  /** Investments only. */
  security?: { ticker: string; units: number; unitPrice: number; kind: string };
  /** Loan payments only: what the payment went to. */
  parts?: { principal: number; interest: number; escrow?: number };
}

export interface ConsumerEntity {
  /** 32 hex digits. */
  id: string;
  customerId: string;
  createdDate: number;
  /** As sent, but `ssn` is the nine digits. */
  details: Record<string, unknown>;
}

export interface BusinessEntity {
  id: string;
  customerId: string;
  createdDate: number;
  details: Record<string, unknown>;
}

export interface ReportEntity {
  id: string;
  customerId: string;
  consumerId?: string;
  type: string;
  operationId: string;
  /** The API's 10-character request id. */
  requestId: string;
  createdDate: number;
  /** When it leaves `inProgress`, by the sandbox's clock. */
  readyDate: number;
  outcome: 'success' | 'failure';
  errors?: readonly { code: number; message: string }[];
  portfolioId?: string;
  title: string;
  /** The request body it was made with, after validation. */
  constraints: Record<string, unknown>;
  callbackUrl?: string;
  /** Fields that the head of this kind has besides the common ones: `reportStyle`, `reportPin` … */
  extra?: Readonly<Record<string, unknown>>;
  /** The accounts as they were when it was made, so that deleting one later leaves the report whole. */
  accounts?: readonly AccountEntity[];
  /** Reports about pay: the accounts whose deposits tell the pay, as they were; they need not be in the report. */
  payAccounts?: readonly AccountEntity[];
}
