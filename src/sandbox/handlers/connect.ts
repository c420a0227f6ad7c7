// Connect: makes links, and mails them. Checked in the API's order: the partner, then what the link is about, each as Connect's own
// calls would find it missing, then the listener. A mail is only written down (bag `connectMails`): nothing ever leaves this machine but
// events to listeners. Links to Connect Transfer start their switch at once, since nobody opens them here.
import type { Partners } from '../partners.ts';
import { ApiFault } from '../types.ts';
import type { Handler, Handlers, SandboxContext, SandboxRequest } from '../types.ts';
import { makeLink } from './connectLinks.ts';
import type { ConnectLinkRecord, NewLink } from './connectLinks.ts';
import { listenerOf, pingListener } from './connectWebhooks.ts';
import type { Ask, ListenerParameters } from './connectWebhooks.ts';
import { microDeposit } from './microDepositRecords.ts';
import { startBillPaySwitch, startDepositSwitch } from './switchRecords.ts';
import type { SwitchAccount, SwitchCard } from './switchRecords.ts';

export interface ConnectParts {
  partners: Pick<Partners, 'credentials'>;
  ask: Ask;
}

/** What the bodies of the family have in common. */
interface LinkParameters extends ListenerParameters {
  partnerId: string;
  customerId: string;
  redirectUri?: string;
  singleUseUrl?: boolean;
  isWebView?: boolean;
}

interface Borrower { customerId: string; consumerId: string; type: 'primary' | 'jointBorrower' }
interface EmailOptions { to: string; subject?: string; [field: string]: unknown }
export interface ConnectMail { link: string; email: EmailOptions; customerId: string; sentDate: number }

type About = Pick<NewLink, 'kind' | 'customerId' | 'consumerId' | 'borrowers' | 'institutionId' | 'institutionLoginId' | 'accountId'>;
type AboutOf = (request: SandboxRequest, context: SandboxContext) => About;

const SUBJECT = 'Verify your Financial Information';
/** The latest mails that are remembered. */
const MAILS_KEPT = 500;
/** Given parameters that the address repeats. */
const SHOWN = ['experience', 'fromDate', 'isHostedInMobileApp', 'isWebView', 'language', 'redirectUri', 'singleUseUrl', 'webhook', 'webhookContentType'] as const;

const refused = (message: string) => new ApiFault(400, 10010, message);
/** Connect passes on what its own calls were answered. */
const missing = (path: string) => refused(`Request failed with status code 404 GET ${path}`);

function checkPartner({ body, partnerId }: SandboxRequest): void {
  if ((body as { partnerId: string }).partnerId !== partnerId) throw refused('Invalid "partnerId" in request body');
}

function checkCustomer(customerId: string, { state }: SandboxContext): void {
  if (!state.customers.get(customerId)) throw missing(`/aggregation/v1/customers/${customerId}`);
}

/** A consumer may only be named together with its own customer. */
function checkConsumer(customerId: string, consumerId: string | undefined, { state }: SandboxContext): void {
  if (consumerId !== undefined && state.consumers.get(consumerId)?.customerId !== customerId) throw missing(`/decisioning/v1/consumers/${consumerId}`);
}

function full({ body }: SandboxRequest, context: SandboxContext): About {
  const { customerId, consumerId } = body as { customerId: string; consumerId?: string };
  checkCustomer(customerId, context);
  checkConsumer(customerId, consumerId, context);
  return { kind: 'full', customerId, consumerId };
}

function lite({ body }: SandboxRequest, context: SandboxContext): About {
  const { customerId, institutionId } = body as { customerId: string; institutionId: number };
  checkCustomer(customerId, context);
  if (!context.world.institutions.some(({ id }) => id === institutionId)) throw missing(`/institution/v2/institutions/${institutionId}`);
  return { kind: 'lite', customerId, institutionId };
}

function fix({ body }: SandboxRequest, context: SandboxContext): About {
  const { customerId, institutionLoginId } = body as { customerId: string; institutionLoginId: string };
  checkCustomer(customerId, context);
  if (!context.state.accounts.of(customerId).some((account) => String(account.institutionLoginId) === institutionLoginId)) {
    const extra = { title: 'Connecting accounts error', level: 'error' };
    throw new ApiFault(404, 38007, 'Customer does not have any accounts associated with institutionLoginId.', extra);
  }
  return { kind: 'fix', customerId, institutionLoginId };
}

function jointBorrower({ body }: SandboxRequest, context: SandboxContext): About {
  const { borrowers } = body as { borrowers: Borrower[] };
  const primary = borrowers.find(({ type }) => type === 'primary');
  const joint = borrowers.filter(({ type }) => type === 'jointBorrower');
  if (!primary || borrowers.length - joint.length > 1 || joint.length > 1) throw refused('"borrowers" must have one primary and at most one jointBorrower');
  for (const { customerId, consumerId } of borrowers) {
    checkCustomer(customerId, context);
    checkConsumer(customerId, consumerId, context);
  }
  const both = [primary, ...joint].map(({ customerId, consumerId }) => ({ customerId, consumerId }));
  return { kind: 'jointBorrower', customerId: primary.customerId, consumerId: primary.consumerId, borrowers: both };
}

function microentry({ body }: SandboxRequest, context: SandboxContext): About {
  const { customerId, accountId } = body as { customerId: string; accountId: string };
  checkCustomer(customerId, context);
  if (!microDeposit(context, customerId, accountId)) throw missing(`/microentry/v1/customers/${customerId}/accounts/${accountId}`);
  return { kind: 'microentry', customerId, accountId };
}

function transfer(kind: 'transferDepositSwitch' | 'transferBillPaySwitch'): AboutOf {
  return ({ body }, context) => {
    const { customerId } = body as { customerId: string };
    checkCustomer(customerId, context);
    return { kind, customerId };
  };
}

/** The checks that all links share, then the ping, then the link. */
async function generate(
  request: SandboxRequest, context: SandboxContext, { partners, ask }: ConnectParts, aboutOf: AboutOf, origin: 'url' | 'email' = 'url',
): Promise<ConnectLinkRecord> {
  const given = request.body as LinkParameters & Partial<Record<string, unknown>>;
  checkPartner(request);
  const about = aboutOf(request, context);
  if (given.isWebView === true && !given.redirectUri) throw refused('"redirectUri" is required when "isWebView" is true');
  const listener = listenerOf(given);
  const secret = partners.credentials().partnerSecret;
  if (listener) await pingListener(listener, secret, ask);
  return makeLink(context, secret, {
    ...about, partnerId: request.partnerId, origin, listener, singleUse: given.singleUseUrl === true, token: request.headers['finicity-app-token'] ?? '',
    shown: Object.fromEntries(SHOWN.map((name) => [name, given[name]?.toString()])),
  });
}

function send(request: SandboxRequest, context: SandboxContext, { link, signature, customerId }: ConnectLinkRecord) {
  const { email } = request.body as { email: EmailOptions };
  const emailConfig = { ...email, subject: email.subject ?? SUBJECT };
  const mails = context.state.bag<ConnectMail>('connectMails');
  mails.put(signature, { link, email: emailConfig, customerId, sentDate: context.now() });
  for (const [old] of mails.entries().slice(0, -MAILS_KEPT)) mails.delete(old);
  return { status: 200, json: { link, emailConfig } };
}

export function connectHandlers(parts: ConnectParts): Handlers {
  const link = (aboutOf: AboutOf): Handler => async (request, context) => ({
    status: 200, json: { link: (await generate(request, context, parts, aboutOf)).link },
  });
  const mail = (aboutOf: AboutOf): Handler => async (request, context) =>
    send(request, context, await generate(request, context, parts, aboutOf, 'email'));

  return {
    GenerateConnectUrl: link(full),
    GenerateLiteConnectUrl: link(lite),
    GenerateFixConnectUrl: link(fix),
    GenerateJointBorrowerConnectUrl: link(jointBorrower),
    VerifyMicroEntryMicrodeposit: link(microentry),
    SendConnectEmail: mail(full),
    SendJointBorrowerConnectEmail: mail(jointBorrower),
    GenerateTransferDepositSwitchUrl: async (request, context) => {
      const { accounts, external } = request.body as { accounts: SwitchAccount[]; external?: { id: string } };
      if (accounts.length === 0) throw refused('"accounts" must have at least one account');
      const made = await generate(request, context, parts, transfer('transferDepositSwitch'));
      startDepositSwitch(context, made.customerId, accounts, external?.id);
      return { status: 200, json: { link: made.link } };
    },
    GenerateTransferBillPaySwitchUrl: async (request, context) => {
      const { cards, accounts } = request.body as { cards: SwitchCard[]; accounts?: SwitchAccount[] };
      const made = await generate(request, context, parts, transfer('transferBillPaySwitch'));
      startBillPaySwitch(context, made.customerId, cards, accounts);
      return { status: 200, json: { link: made.link } };
    },
  };
}
