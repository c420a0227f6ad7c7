// The file of a seeded pay slip, made of what the seeded accounts showed on the day it was uploaded.
import { payStubPdf } from '../pdf/payStubPdf.ts';
import { customerOf } from '../reports/facts.ts';
import { stubDeductions, stubFigures, stubOf } from '../reports/payStatements.ts';
import type { SeededStub } from '../reports/seededStubs.ts';
import { seededPayAccounts } from '../reports/seededStubs.ts';
import type { SandboxContext } from '../types.ts';

export function payStubFile(slip: SeededStub, customerId: string, context: SandboxContext): Uint8Array {
  const { world, state } = context;
  const customer = world.customerAt(world.indexOf(customerId));
  const accounts = seededPayAccounts(world.loginsOf(customer).flatMap((login) => world.accountsOf(login, customer, { fresh: false, now: slip.createdDate })), slip.createdDate);
  const facts = { customer: customerOf(customerId, context) ?? customer, consumer: state.consumers.of(customerId)[0], accounts, at: slip.createdDate, context };
  const stub = stubOf(slip, facts);
  return payStubPdf(stubFigures(stub, facts, true, {}), stubDeductions(stub));
}
