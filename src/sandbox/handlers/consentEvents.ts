// Tells webhook subscribers that what a person agreed to share has changed: given, given anew, or ended.
import type { CustomerEntity, LoginEntity } from '../entities.ts';
import type { SandboxContext } from '../types.ts';
import { consentsOf } from './consents.ts';
import { fireWebhookEvent } from './webhookEvents.ts';

/** To be called once the change is in the state. */
export function fireConsentEvent(context: SandboxContext, customer: CustomerEntity, login: Pick<LoginEntity, 'id'>): void {
  for (const consent of consentsOf(context, customer)) {
    const arrangement = consent.arrangements.find((one) => one.login.id === login.id);
    if (!arrangement) continue;
    fireWebhookEvent(context, 'mastercard.openbanking.customer.consent', {
      customerId: customer.id, consentReceiptId: consent.id, institutionId: String(arrangement.login.institutionId), institutionLoginId: String(login.id), status: arrangement.status,
      updatedBy: arrangement.updatedBy,
    });
  }
}
