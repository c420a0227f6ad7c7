// Joins the families' handlers. A test finds the described operation that none of them answers.
import type { Partners } from '../partners.ts';
import type { Handlers } from '../types.ts';
import { appRegistrationHandlers } from './appRegistration.ts';
import { authenticationHandlers } from './authentication.ts';
import { businessHandlers } from './businesses.ts';
import { consumerHandlers } from './consumers.ts';
import { customerHandlers } from './customers.ts';
import { institutionHandlers } from './institutions.ts';
import { moneyHandlers } from './money.ts';
import { txpushHandlers } from './txpush.ts';

export interface HandlerParts {
  partners: Partners;
  /** GETs a webhook listener, to see whether it is the caller's. */
  probe(url: string): Promise<{ status: number; text: string }>;
}

export function createHandlers({ partners, probe }: HandlerParts): Handlers {
  return {
    ...authenticationHandlers(partners),
    ...customerHandlers,
    ...consumerHandlers,
    ...businessHandlers,
    ...institutionHandlers,
    ...appRegistrationHandlers,
    ...txpushHandlers({ probe }),
    ...moneyHandlers,
  };
}
