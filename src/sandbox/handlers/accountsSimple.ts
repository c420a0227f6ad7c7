// The free, lighter view of accounts: no balances, no details, active accounts only in the lists.
import type { Handlers, SandboxContext } from '../types.ts';
import type { AccountEntity } from '../entities.ts';
import { accountsAtInstitution, accountsOfLogin, theAccount, theCustomer } from './accountAccess.ts';
import { simpleAccount } from './accountWire.ts';

const listed = (accounts: readonly AccountEntity[], context: SandboxContext) =>
  ({ status: 200, json: { accounts: accounts.filter(({ status }) => status === 'active').map((account) => simpleAccount(account, context)) } });

export const accountsSimpleHandlers: Handlers = {
  GetCustomerAccountsSimple: (request, context) => listed(context.state.accounts.of(theCustomer(request, context).id), context),
  GetCustomerAccountsByInstitutionSimple: (request, context) => listed(accountsAtInstitution(request, context), context),
  GetCustomerAccountsByInstitutionLoginSimple: (request, context) => listed(accountsOfLogin(request, context), context),
  GetCustomerAccountSimple: (request, context) => ({ status: 200, json: simpleAccount(theAccount(request, context), context) }),
};
