// Connect Components: forms and addresses to sign in with, the repair of a sign-in, saved configurations. What follows a form happens in
// the browser by Mastercard's SDK, so nothing is linked here. Known beforehand: a sign-in with an account at aggregation status 185 or
// 187 is asked a question (203), of the kind that the login id's remainder by four picks; every other is given a form, without fields
// at an OAuth institution. Everything wrong is 10010, what is not there 4041; a customer named in a body is the former.
import type { LoginEntity } from '../entities.ts';
import { notFound } from '../errors.ts';
import { seedRandom, uuidFrom } from '../seedRandom.ts';
import { ApiFault } from '../types.ts';
import type { Handlers, SandboxContext, SandboxReply, SandboxRequest } from '../types.ts';
import type { InstitutionEntity } from '../world/world.ts';

interface Configuration {
  id: string;
  filterAccounts?: string[];
  accountClassificationType?: string[];
  aoRequired: boolean;
}

interface SignIn { customerId: string; configurationId?: string; language?: string }

const WAITING_FOR_AN_ANSWER: ReadonlySet<number> = new Set([185, 187]);
/** Linked with FinBank Billable by active customers alone. */
const BILLABLE_BANK = 170776;
const LABELS: Readonly<Record<string, readonly [string, string]>> = {
  en: ['User name', 'Password'], es: ['Nombre de usuario', 'Contraseña'], fr: ['Nom d\'utilisateur', 'Mot de passe'],
};
const QUESTIONS: readonly { mfaType: string; prompt: string; choices: number }[] = [
  { mfaType: 'TFA_TEXT', prompt: 'What is your first pet\'s name?', choices: 0 },
  { mfaType: 'TFA_CHOICE', prompt: 'Which colour did you choose?', choices: 3 },
  { mfaType: 'TFA_MULTI', prompt: 'Pick your picture', choices: 2 },
  { mfaType: 'TFA_IMAGE', prompt: 'Type the word in the picture', choices: 0 },
];

const refused = (message: string) => new ApiFault(400, 10010, message);
const newId = ({ state, world }: SandboxContext) => uuidFrom(seedRandom(world.seed, 'connect component', state.next('connectComponent')));
const configurations = ({ state }: SandboxContext) => state.bag<Configuration>('connectConfigurations');

/** The institution of the path, at which the body's customer may sign in. */
function signInAt({ path, body }: SandboxRequest, context: SandboxContext): InstitutionEntity {
  const institution = context.world.institutions.find(({ id }) => id === Number(path.institution_id));
  if (!institution) throw notFound('The institution was not found');
  const { customerId, configurationId } = body as SignIn;
  const customer = context.state.customers.get(customerId);
  if (!customer) throw refused('"customerId" is not a customer of this partner');
  const configuration = configurationId === undefined || configurations(context).get(configurationId.toLowerCase());
  if (!configuration) throw refused('"configurationId" is not a configuration of this partner');
  if (customer.type === 'testing' && (!institution.test || institution.id === BILLABLE_BANK)) throw refused('Testing customers can only use FinBank test institutions');
  return institution;
}

/** The institution itself, or the OAuth one that its sign-ins move to. */
function oauthTwin(institution: InstitutionEntity, { world }: SandboxContext): InstitutionEntity {
  const twin = institution.oauthEnabled ? institution : world.institutions.find(({ id }) => id === institution.oauthInstitutionId);
  if (!twin) throw refused('The institution has no OAuth: start with a login form');
  return twin;
}

function loginForm(context: SandboxContext, labels: readonly string[]): SandboxReply {
  const elements = labels.map((label, sortOrder) => ({ id: newId(context), label, sortOrder }));
  return { status: 201, json: { id: newId(context), eventStreamId: newId(context), elements } };
}

function challenge(login: LoginEntity, context: SandboxContext): SandboxReply {
  const { mfaType, prompt, choices } = QUESTIONS[login.id % QUESTIONS.length] as (typeof QUESTIONS)[number];
  const choiceIds = Array.from({ length: choices }, () => newId(context));
  return { status: 203, json: [{ mfaChallenges: [{ id: newId(context), prompt, mfaType, choiceIds, eventStreamId: newId(context) }] }] };
}

function theConfiguration({ path }: SandboxRequest, context: SandboxContext): Configuration {
  const found = configurations(context).get((path.configuration_id ?? '').toLowerCase());
  if (!found) throw notFound('The configuration was not found');
  return found;
}

export const connectComponentHandlers: Handlers = {
  'post-institutions-institutionId-oauth-urls': (request, context) => {
    const institution = oauthTwin(signInAt(request, context), context);
    const id = newId(context);
    // The institution sends the person to Connect, and that to the partner's redirectURI, which is therefore not in the address.
    const query = new URLSearchParams({ client_id: request.partnerId, response_type: 'code', state: id });
    return { status: 201, json: { id, url: `${institution.urlLogonApp}/authorize?${query}`, eventStreamId: newId(context) } };
  },
  'post-institutions-institutionId-login-forms': (request, context) => {
    const { oauthEnabled } = signInAt(request, context);
    if (oauthEnabled) throw refused('The institution has no login form: start with an OAuth URL');
    const language = ((request.body as SignIn).language ?? 'en').slice(0, 2);
    return loginForm(context, LABELS[language] ?? (LABELS.en as readonly string[]));
  },
  'post-reconnections': ({ path }, context) => {
    const { state, world } = context;
    const customer = state.customers.get(path.customer_id as string);
    if (!customer) throw refused('"customer_id" is not a customer of this partner');
    const login = state.logins.of(customer.id).find(({ id }) => String(id) === path.institution_login_id);
    const accounts = state.accounts.of(customer.id).filter(({ institutionLoginId }) => institutionLoginId === login?.id);
    if (!login || accounts.length === 0) throw refused('"institution_login_id" is not a sign-in of this customer');
    if (accounts.some(({ aggregationStatusCode }) => WAITING_FOR_AN_ANSWER.has(aggregationStatusCode))) return challenge(login, context);
    const { oauthEnabled = false } = world.institutions.find(({ id }) => id === login.institutionId) ?? {};
    return loginForm(context, oauthEnabled ? [] : (LABELS.en as readonly string[]));
  },
  'post-configurations': ({ body }, context) => {
    const { filterAccounts, accountClassificationType, aoRequired = false } = body as Partial<Configuration>;
    const configuration: Configuration = { id: newId(context), filterAccounts, accountClassificationType, aoRequired };
    configurations(context).put(configuration.id, configuration);
    return { status: 201, json: configuration };
  },
  'get-configurations': (_request, context) => ({ status: 200, json: configurations(context).entries().map(([, configuration]) => configuration) }),
  'get-configurations-configurationId': (request, context) => ({ status: 200, json: theConfiguration(request, context) }),
  'delete-configurations-configurationId': (request, context) => {
    configurations(context).delete(theConfiguration(request, context).id);
    return { status: 204 };
  },
};
