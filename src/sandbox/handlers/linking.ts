// Linking accounts without Connect: a sign-in at a FinBank (undocumented in the public description, used by public set-up scripts).
// User names and passwords are FinBank's: demo/go, a number as password fails with that code, tfa_* asks questions, at "Profiles" the
// password names the profile. Institutions that are no test banks refuse testing customers.
import type { CustomerEntity, LoginEntity } from '../entities.ts';
import { seedRandom } from '../seedRandom.ts';
import { ApiFault } from '../types.ts';
import type { Handler, SandboxContext, SandboxReply, SandboxRequest } from '../types.ts';
import { idSeries } from '../world/ids.ts';
import { theCustomer } from './accountAccess.ts';
import { wireAccount } from './accountWire.ts';
import { fireConsentEvent } from './consentEvents.ts';
import { agreeAgain, arrangementOf } from './consents.ts';
import { fireWebhookEvent } from './webhookEvents.ts';

const PROFILES_BANK = 102105;
const OAUTH_BANK = 102176;
const BILLABLE_BANK = 170776;
/** Passwords that fail with their own number. */
const FAILING = new Set(['123', '125', '127', '128', '130']);
const SESSION_SECONDS = 120;

interface MfaSession { customerId: string; institutionId: number; userId: string; password: string; round: number; createdDate: number }
interface Question { text: string; image?: string; choices?: { choice: string; value: string }[]; imageChoices?: { imageChoice: string; value: string }[]; answer?: string }

/** A one-pixel picture; enough for a form to show something. */
const PICTURE = 'data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==';
const COLOURS = [{ choice: 'Teal', value: 'teal' }, { choice: 'Amber', value: 'amber' }, { choice: 'Plum', value: 'plum' }];
const PICTURES = [{ imageChoice: PICTURE, value: 'picture-1' }, { imageChoice: PICTURE, value: 'picture-2' }];
const QUESTIONS: Readonly<Record<string, readonly Question[]>> = {
  tfa_text: [{ text: 'What is your first pet\'s name?' }],
  tfa_image: [{ text: 'Type the word in the picture', image: PICTURE }],
  tfa_choice: [{ text: 'Which colour did you choose?', choices: COLOURS }],
  tfa_multi: [{ text: 'What is your first pet\'s name?' }, { text: 'Which colour did you choose?', choices: COLOURS }],
  imagechoice: [{ text: 'Pick your picture', imageChoices: PICTURES }],
  imagechoice2: [{ text: 'Pick your first picture', imageChoices: PICTURES }, { text: 'Pick your second picture', imageChoices: PICTURES }],
};

const failed = (code: number, message: string) => new ApiFault(500, code, message);
const wrongCredentials = () => failed(103, 'The credentials for this institution are not correct.');

/** The institution's id and customer, checked: the customer may link there. */
function mayLink(request: SandboxRequest, context: SandboxContext): { customer: CustomerEntity; institutionId: number } {
  const customer = theCustomer(request, context);
  const institutionId = Number(request.path.institutionId);
  const institution = context.world.institutions.find(({ id }) => id === institutionId);
  if (!institution) throw new ApiFault(404, 14006, 'Institution not found.');
  if (customer.type === 'testing' && (!institution.test || institutionId === BILLABLE_BANK)) {
    throw new ApiFault(400, 14020, 'Bad request. (Testing customers can only use FinBank test institutions).');
  }
  return { customer, institutionId };
}

export const addAllAccounts: Handler = async (request, context) => {
  const { customer, institutionId } = mayLink(request, context);
  const { credentials = [] } = (request.body ?? {}) as { credentials?: { name?: string; value?: string; id?: string }[] };
  const valueOf = (suffix: string, name: RegExp) => credentials.find((field) => field.id === `${institutionId}${suffix}` || name.test(field.name ?? ''))?.value;
  const userId = valueOf('001', /user/i);
  const password = valueOf('002', /password/i);
  if (!userId || !password) throw new ApiFault(400, 10005, 'Missing parameter (credentials)');
  if (userId === 'invalid_user') throw wrongCredentials();
  if (userId === 'discovertimeout') throw failed(102, 'The institution did not answer in time.');
  if (FAILING.has(password)) throw failed(Number(password), 'The institution could not be read.');
  const asked = [userId, password].find((word) => Object.hasOwn(QUESTIONS, word));
  const questions = asked && QUESTIONS[asked];
  if (questions) return challenge(context, { customerId: customer.id, institutionId, userId, password, round: 1, createdDate: context.now() }, questions);
  return link(customer, institutionId, profileOf(institutionId, userId, password), context);
};

export const addAllAccountsMfa: Handler = async (request, context) => {
  const { customer, institutionId } = mayLink(request, context);
  const sessions = context.state.bag<MfaSession>('mfaSession');
  const id = request.headers['mfa-session'] ?? '';
  const session = sessions.get(id);
  if (!session || session.customerId !== customer.id || session.institutionId !== institutionId || context.now() - session.createdDate > SESSION_SECONDS) {
    throw new ApiFault(408, 331, 'The MFA session has expired.');
  }
  sessions.delete(id);
  const { mfaChallenges } = (request.body ?? {}) as { mfaChallenges?: { questions?: Question[] } };
  const answers = (mfaChallenges?.questions ?? []).map((question) => question.answer ?? '');
  if (answers.length === 0 || answers.some((answer) => answer === '')) throw failed(185, 'The answer to the institution\'s question is missing.');
  if (answers.some((answer) => answer === 'fail')) throw failed(187, 'The answer to the institution\'s question is not correct.');
  if (answers.some((answer) => answer === 'mfa') && session.round < 4) {
    return challenge(context, { ...session, round: session.round + 1, createdDate: context.now() }, [{ text: `One more question (${session.round + 1}): in which city were you born?` }]);
  }
  return link(customer, institutionId, profileOf(institutionId, session.userId, session.password), context);
};

function challenge(context: SandboxContext, session: MfaSession, questions: readonly Question[]): SandboxReply {
  const id = seedRandom(context.world.seed, 'mfa', context.state.next('mfaSession'), context.now()).hex(32);
  const sessions = context.state.bag<MfaSession>('mfaSession');
  // They hold what the person signed in with: none outlives its time.
  for (const [old, { createdDate }] of sessions.entries()) if (context.now() - createdDate > SESSION_SECONDS) sessions.delete(old);
  sessions.put(id, session);
  return { status: 203, headers: { 'MFA-Session': id }, json: { questions } };
}

function profileOf(institutionId: number, userId: string, password: string): string {
  if (institutionId === OAUTH_BANK) return 'oauth';
  if (/^profile_\d\d$/.test(password)) return password;
  if (institutionId === PROFILES_BANK) return /^profile_\d\d$/.test(userId) ? userId : 'profile_02';
  return userId === 'demo' || userId.startsWith('tfa_') ? 'demo' : 'profile_03';
}

/** Signing in once more with the same profile brings the same accounts; those that were deleted come back. */
function link(customer: CustomerEntity, institutionId: number, profile: string, context: SandboxContext): SandboxReply {
  const { state, world, now } = context;
  const known = state.logins.of(customer.id).find((login) => login.institutionId === institutionId && login.profile === profile);
  const login: LoginEntity = known ?? {
    id: Number(idSeries(world.seed, 'linked login', 2).at(state.next('login'))), customerId: customer.id, institutionId, profile, createdDate: now(),
  };
  const agrees = !known || arrangementOf(context, known).status !== 'ACTIVE';
  if (known) agreeAgain(context, known);
  else state.logins.put(login);
  const existing = new Map(state.accounts.of(customer.id).map((account) => [account.id, account]));
  const accounts = world.accountsOf(login, customer, { fresh: true, now: now() }).map((account) => existing.get(account.id) ?? account);
  for (const account of accounts) {
    if (existing.has(account.id)) continue;
    state.accounts.put(account);
    fireWebhookEvent(context, 'manage.txpush.account.created', {
      customerId: customer.id, accountId: account.id, institutionId: String(institutionId), institutionLoginId: String(login.id),
    });
  }
  if (agrees) fireConsentEvent(context, customer, login);
  return { status: 200, json: { accounts: accounts.map((account) => wireAccount(account, context)) } };
}
