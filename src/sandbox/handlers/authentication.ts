// Authentication: tokens and the change of the secret. Who is locked out, and when, is decided in partners.ts.
import type { Partners } from '../partners.ts';
import type { Handlers } from '../types.ts';

export function authenticationHandlers(partners: Partners): Handlers {
  return {
    CreateToken: ({ body }) => {
      const { partnerId, partnerSecret } = body as { partnerId: string; partnerSecret: string };
      return { status: 200, json: { token: partners.authenticate(partnerId, partnerSecret) } };
    },
    ModifyPartnerSecret: ({ body }) => {
      const change = body as { partnerId: string; partnerSecret: string; newPartnerSecret: string; immediate?: boolean };
      const { partnerId, partnerSecret, newPartnerSecret, immediate = true } = change;
      partners.changeSecret(partnerId, partnerSecret, newPartnerSecret, immediate);
      return { status: 204 };
    },
  };
}
