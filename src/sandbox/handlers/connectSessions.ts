// Plays a person's session on a Connect link, for listeners to be tried without a browser: `POST /__sandbox/connect`. The listener gets the
// events of a real session in their order, and the customer gets what the session brings: linked accounts, a repaired sign-in, a verified
// deposit. Sign-ins follow FinBank's rules (linking.ts): demo/go, `invalid_user`, failing passwords, tfa_* whose questions get `answer`.
import type { Partners } from '../partners.ts';
import { ApiFault } from '../types.ts';
import type { Handler, Handlers, SandboxContext, SandboxReply } from '../types.ts';
import { completeLink, isOver, linkOf } from './connectLinks.ts';
import type { ConnectLinkRecord } from './connectLinks.ts';
import { sendConnectEvent } from './connectWebhooks.ts';
import type { Ask, ConnectEvent } from './connectWebhooks.ts';
import { fireConsentEvent } from './consentEvents.ts';
import { agreeAgain, arrangementOf } from './consents.ts';

export interface SessionParts {
  partners: Pick<Partners, 'credentials' | 'partnerOf'>;
  ask: Ask;
  /** Of the operations that a session comes down to. */
  handlers: Pick<Handlers, 'AddAllAccounts' | 'AddAllAccountsMfa' | 'VerifyMicroAmountDeposits'>;
}

/** What the person does. */
export interface SessionScript {
  link: string;
  /** Where to sign in, when the link does not say; FinBank unless given. */
  institutionId?: number;
  userId?: string;
  password?: string;
  /** The answer to every question of the institution. */
  answer?: string;
  /** The two amounts, for micro-deposits. */
  amounts?: number[];
  /** Leaves after the first page. */
  leaves?: boolean;
}

type Tell = (eventType: string, payload?: unknown) => Promise<void>;
const FINBANK = 101732;
const CREDENTIALS_REFUSED = 103;

/** The events of the session. Throws when the link cannot be used, before anything is sent. */
export async function playSession(script: SessionScript, context: SandboxContext, parts: SessionParts): Promise<ConnectEvent[]> {
  const link = linkOf(context, script.link);
  if (!link) throw new ApiFault(400, 10010, 'This is no link that this sandbox made, or not the whole of it');
  if (isOver(link, context.now())) throw new ApiFault(400, 10010, 'The link is over: its two hours have passed, or its one use');
  parts.partners.partnerOf(link.token);
  const events: ConnectEvent[] = [];
  const secret = parts.partners.credentials().partnerSecret;
  const tell: Tell = async (eventType, payload = {}) => void events.push(await sendConnectEvent(context, link, eventType, payload, secret, parts.ask));
  await tell('started');
  if (script.leaves !== true && (await use(script, link, context, parts, tell))) {
    await tell('done');
    completeLink(context, link);
  }
  return events;
}

/** Whether the person got to the end. */
async function use(script: SessionScript, link: ConnectLinkRecord, context: SandboxContext, parts: SessionParts, tell: Tell): Promise<boolean> {
  if (link.kind === 'fix') return repair(script, link, context, tell);
  if (link.kind === 'microentry') {
    const path = { customerId: link.customerId, accountId: link.accountId ?? '' };
    await call(parts.handlers.VerifyMicroAmountDeposits, path, { amounts: script.amounts ?? [] }, context);
    return true;
  }
  return link.kind === 'transferDepositSwitch' || link.kind === 'transferBillPaySwitch' ? true : add(script, link, context, parts, tell);
}

async function call(
  handler: Handler | undefined, path: Record<string, string>, body: unknown, context: SandboxContext, headers: Record<string, string> = {},
): Promise<SandboxReply> {
  if (!handler) throw new Error('The sandbox lacks an operation that sessions need');
  // A handler of these looks at nothing else of its request.
  const request = { path, body, headers, query: {}, accept: 'json' } as unknown as Parameters<Handler>[0];
  return handler(request, context);
}

async function add(script: SessionScript, link: ConnectLinkRecord, context: SandboxContext, parts: SessionParts, tell: Tell): Promise<boolean> {
  const id = link.institutionId ?? script.institutionId ?? FINBANK;
  const institutionId = String(id);
  const institution = context.world.institutions.find((one) => one.id === id);
  if (!institution) return stop(tell, 'institutionNotFound', { query: institutionId });
  const isOpen = institution.test || context.state.customers.get(link.customerId)?.type !== 'testing';
  if (!isOpen || !institution.products.includes('transAgg')) return stop(tell, 'institutionNotSupported', { institutionId });
  await tell('adding', { institutionId, oauth: institution.oauthEnabled });
  try {
    const accounts = await signIn(script, link.customerId, institutionId, context, parts);
    await tell('discovered', { institutionId, accounts });
    await tell('added', { institutionId, accounts, ...(institution.oauthEnabled ? { oauth: true } : {}) });
    return true;
  } catch (error) {
    if (!(error instanceof ApiFault)) throw error;
    if (error.code === CREDENTIALS_REFUSED) return stop(tell, 'invalidCredentials', { institutionId });
    return stop(tell, 'unableToConnect', { institutionId, code: error.code });
  }
}

async function stop(tell: Tell, eventType: string, payload: unknown): Promise<false> {
  await tell(eventType, payload);
  return false;
}

/** The accounts as the wire has them. Questions are answered as long as they come. */
async function signIn(
  { userId = 'demo', password = 'go', answer = 'sandbox' }: SessionScript, customerId: string, institutionId: string, context: SandboxContext, parts: SessionParts,
): Promise<unknown> {
  const path = { customerId, institutionId };
  const credentials = [{ id: `${institutionId}001`, name: 'Banking Userid', value: userId }, { id: `${institutionId}002`, name: 'Banking Password', value: password }];
  let reply = await call(parts.handlers.AddAllAccounts, path, { credentials }, context);
  while (reply.status === 203) {
    const { questions } = reply.json as { questions: object[] };
    const headers = { 'mfa-session': reply.headers?.['MFA-Session'] ?? '' };
    const answered = { mfaChallenges: { questions: questions.map((question) => ({ ...question, answer })) } };
    reply = await call(parts.handlers.AddAllAccountsMfa, path, answered, context, headers);
  }
  return (reply.json as { accounts: unknown }).accounts;
}

/** The same accounts, which can be refreshed again; the person has also agreed once more. */
async function repair({ userId = 'demo' }: SessionScript, { customerId, institutionLoginId }: ConnectLinkRecord, context: SandboxContext, tell: Tell): Promise<boolean> {
  const { state, now } = context;
  const login = state.logins.of(customerId).find(({ id }) => String(id) === institutionLoginId);
  const customer = state.customers.get(customerId);
  if (!login || !customer) throw new ApiFault(404, 38007, 'Customer does not have any accounts associated with institutionLoginId.');
  const institutionId = String(login.institutionId);
  if (userId === 'invalid_user') return stop(tell, 'invalidCredentials', { institutionId });
  const agrees = arrangementOf(context, login).status !== 'ACTIVE';
  agreeAgain(context, login);
  for (const account of state.accounts.of(customerId)) {
    if (account.institutionLoginId !== login.id) continue;
    state.accounts.put({ ...account, aggregationStatusCode: 0, aggregationAttemptDate: now(), aggregationSuccessDate: now() });
  }
  if (agrees) fireConsentEvent(context, customer, login);
  await tell('credentialsUpdated', { institutionId });
  return true;
}
