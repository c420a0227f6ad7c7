// What the tree is narrowed to, per connection: set by commands, read by the loaders. Lives as long as the window.

export interface Filters {
  customerSearch?: string;
  customerType?: 'testing' | 'active';
  institutionSearch?: string;
  /** Certified products, all of which an institution must have. */
  institutionProducts?: readonly string[];
}

export class FilterBook {
  readonly #byConnection = new Map<string, Filters>();

  get(connectionId: string): Filters {
    return this.#byConnection.get(connectionId) ?? {};
  }

  set(connectionId: string, change: Filters): void {
    this.#byConnection.set(connectionId, { ...this.get(connectionId), ...change });
  }

  forget(connectionId: string): void {
    this.#byConnection.delete(connectionId);
  }
}

/** Products that institutions are certified for, as the API names them, in words. */
export const certifiedProducts: Readonly<Record<string, string>> = {
  transAgg: 'Transaction aggregation',
  ach: 'ACH details',
  stateAgg: 'Statement aggregation',
  voi: 'Verification of income',
  voa: 'Verification of assets',
  aha: 'Account history aggregation',
  availBalance: 'Available balance',
  accountOwner: 'Account owner',
  studentLoanData: 'Student loan data',
  loanPaymentDetails: 'Loan payment details',
  liabilityData: 'Liability data',
  billPayData: 'Bill pay data',
};

/** Those that the lists can be filtered by. */
export const filterableProducts = ['transAgg', 'ach', 'stateAgg', 'voi', 'voa', 'aha', 'availBalance', 'accountOwner'] as const;
