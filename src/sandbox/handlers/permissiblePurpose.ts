// The permissible purpose that a consumer's data are read for: a code of two characters. Whether one must be given is the control plane's
// rule `purposeRequired`, off at first: the live API demands it from 11 August 2026 on.
import { ApiFault } from '../types.ts';
import type { SandboxContext } from '../types.ts';

export const purposeDemanded = ({ state }: Pick<SandboxContext, 'state'>): boolean => state.bag<boolean>('rules').get('purposeRequired') === true;

/** 10005 for a code of the wrong form, 10100 for none where it is demanded. */
export function checkPurpose(purpose: string | undefined, demanded: boolean): void {
  if (purpose === undefined) {
    if (demanded) throw new ApiFault(400, 10100, 'Permissible Purpose Code is required');
  } else if (!/^[0-9A-Z]{2}$/.test(purpose)) throw new ApiFault(400, 10005, 'invalid purpose code');
}
