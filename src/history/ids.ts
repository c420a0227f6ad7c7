// The ids that may be written down: those that the API makes itself and takes again to name a customer, an account, a report and so on. By
// name, one by one. A name that only looks like an id may hold a person's own number (governmentId, legalEntityId, consumerCustomId), so one
// that is not here is left out; a unit test holds every name of api/ that looks like an id against this list.

/** A name that says "id". */
export const idName = /(^id|Ids?|ID|_ids?)$/;

export const resourceIds: ReadonlySet<string> = new Set([
  'id', 'customerId', 'customer_id', 'accountId', 'accountIds', 'institutionId', 'institution_id', 'newInstitutionId', 'oauthInstitutionId', 'institutionLoginId', 'institution_login_id',
  'consumerId', 'businessId', 'business_id', 'reportId', 'obb_report_id', 'portfolioId', 'assetId', 'assetIds', 'transactionId', 'transactionIds', 'uniqueTransactionId',
  'refreshId', 'subscriptionId', 'subscription_id', 'webhookEventId', 'webhook_event_id', 'consentReceiptId', 'consent_receipt_id', 'receiptId',
  'applicationId', 'application_id', 'preAppId', 'pre_app_id', 'experienceId', 'experience_id', 'configurationId', 'configuration_id', 'switchId', 'switch_id',
]);
