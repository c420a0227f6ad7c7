// Experiences of the registered applications: three each, made up from the seed, and the copies that callers had made for indirect partners.
// Nobody can make one from nothing by the API. Rejected applications have none.
import { seedRandom, uuidFrom } from '../seedRandom.ts';
import { ApiFault } from '../types.ts';
import type { Handlers, SandboxContext } from '../types.ts';
import { applications, statusOf } from './applications.ts';

interface Experience { id: string; appName: string; productCode: string[] }
export interface CopiedExperience extends Experience { copiedFrom: string; indirectPartnerId: number; createdDate: number }

/** Billing codes are Mastercard's own; these are made up. */
const PRODUCTS: readonly (readonly string[])[] = [['AGG', 'TX'], ['AGG', 'ACH', 'AO'], ['VOA', 'VOI', 'AO']];

const copies = ({ state }: SandboxContext) => state.bag<CopiedExperience>('experienceCopies');

function experiences(context: SandboxContext): Experience[] {
  const living = applications(context).filter((record) => statusOf(record, context.now()) !== 'R');
  const own = living.flatMap(({ preAppId, details }) => PRODUCTS.map((productCode, at): Experience => ({
    id: uuidFrom(seedRandom(context.world.seed, 'experience', preAppId, at)), appName: details.appName, productCode: [...productCode],
  })));
  return [...own, ...copies(context).entries().map(([, copy]) => copy)];
}

export const experienceHandlers: Handlers = {
  GetAllExperience: ({ query }, context) => {
    const ofApp = experiences(context).filter(({ appName }) => appName === query.appName);
    if (ofApp.length === 0) throw new ApiFault(404, 4004, 'No experience of an application with this name was found');
    const wanted = (query.productCode ?? '').split(',').map((code) => code.trim()).filter(Boolean);
    const found = ofApp.filter(({ productCode }) => wanted.length === 0 || wanted.some((code) => productCode.includes(code)));
    return { status: 200, json: found.map(({ id, appName, productCode }) => ({ id, appName, productCode })) };
  },
  CreateConnectExperience: ({ path, body }, context) => {
    const source = experiences(context).find(({ id }) => id === path.experience_id?.toLowerCase());
    // Only 400 and 401 are declared for this operation.
    if (!source) throw new ApiFault(400, 1000, '"experienceId" is not one of the partner\'s experiences');
    const { indirectPartnerId } = body as { indirectPartnerId: number };
    const id = uuidFrom(seedRandom(context.world.seed, 'experience copy', context.state.next('experienceCopy')));
    copies(context).put(id, { id, appName: source.appName, productCode: source.productCode, copiedFrom: source.id, indirectPartnerId, createdDate: context.now() });
    return { status: 200, json: { experienceId: id } };
  },
};
