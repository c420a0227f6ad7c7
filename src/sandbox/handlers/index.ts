// Joins the families' handlers. A test finds the described operation that none of them answers.
import type { Partners } from '../partners.ts';
import type { Handlers } from '../types.ts';
import { appRegistrationHandlers } from './appRegistration.ts';
import { authenticationHandlers } from './authentication.ts';
import { businessHandlers } from './businesses.ts';
import { connectHandlers } from './connect.ts';
import { connectComponentHandlers } from './connectComponents.ts';
import type { Ask } from './connectWebhooks.ts';
import { consumerHandlers } from './consumers.ts';
import { customerAuthorizationHandlers } from './customerAuthorizationDetails.ts';
import { customerHandlers } from './customers.ts';
import { dataSharingConsentHandlers } from './dataSharingConsents.ts';
import { experienceHandlers } from './experiences.ts';
import { institutionHandlers } from './institutions.ts';
import { microDepositHandlers } from './microDeposits.ts';
import { moneyHandlers } from './money.ts';
import { thirdPartyAccessHandlers } from './thirdPartyAccess.ts';
import { transferHandlers } from './transfer.ts';
import { txpushHandlers } from './txpush.ts';
import { webhookSubscriptionHandlers } from './webhookSubscriptions.ts';

export interface HandlerParts {
  partners: Partners;
  /** GETs a webhook listener, to see whether it is the caller's. */
  probe(url: string): Promise<{ status: number; text: string }>;
  /** POSTs to a listener of Connect and waits for its status. */
  ask: Ask;
}

export function createHandlers({ partners, probe, ask }: HandlerParts): Handlers {
  return {
    ...authenticationHandlers(partners),
    ...customerHandlers,
    ...consumerHandlers,
    ...businessHandlers,
    ...institutionHandlers,
    ...appRegistrationHandlers,
    ...txpushHandlers({ probe }),
    ...connectHandlers({ partners, ask }),
    ...experienceHandlers,
    ...connectComponentHandlers,
    ...webhookSubscriptionHandlers,
    ...microDepositHandlers,
    ...thirdPartyAccessHandlers,
    ...dataSharingConsentHandlers,
    ...customerAuthorizationHandlers,
    ...transferHandlers,
    ...moneyHandlers,
  };
}
