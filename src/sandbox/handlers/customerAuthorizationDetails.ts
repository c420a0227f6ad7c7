// How long the permission at an institution lasts. Only for sign-ins at OAuth institutions: others answer as if they did not exist, and
// permissions from before the operation existed, or that have ended, have no details.
import { ApiFault } from '../types.ts';
import type { Handlers } from '../types.ts';
import { arrangementOf } from './consents.ts';

/** 2024-06-01, about when the public description first had the operation. */
const INTRODUCED = 1_717_200_000;

const notFound = (code: number, userMessage: string) => new ApiFault(404, code, 'Resource not found.', { status: '404', user_message: userMessage });

export const customerAuthorizationHandlers: Handlers = {
  getCustomerAuthorizationDetails: ({ path }, context) => {
    const login = context.state.logins.get(path.institution_login_id as string);
    const institution = login && context.world.institutions.find(({ id }) => id === login.institutionId);
    const known = login && institution?.oauthEnabled && context.state.customers.get(login.customerId);
    if (!known) throw notFound(3003, 'This institution login was not found');
    const { status, startDate, endDate } = arrangementOf(context, login);
    if (status !== 'ACTIVE' || startDate < INTRODUCED) throw notFound(3004, 'There are no authorization details for this institution login');
    const iso = (moment: number) => new Date(moment * 1000).toISOString();
    return { status: 200, json: { institutionLoginId: login.id, authorizationStartDate: iso(startDate), authorizationEndDate: iso(endDate) } };
  },
};
