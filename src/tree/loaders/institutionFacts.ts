// What is known of the institutions that accounts are at: learnt from every answer that names one, else read once each and remembered.
import type { Client } from '../../client/types.ts';
import type { LoadRequest } from '../source.ts';
import { record, text, truth, type Wire } from '../wire.ts';
import { asTree, type InstitutionFacts, type LoaderParts } from './reading.ts';

/** Remembers what an institution's record says. One without a name is not worth remembering. */
export function learn(connectionId: string, institutionId: string, data: Wire, { institutions }: LoaderParts): InstitutionFacts | undefined {
  const name = text(data.name);
  if (name === undefined) return undefined;
  const certified = data.stateAgg;
  const facts: InstitutionFacts = { name, oauth: truth(data.oauthEnabled), ...(certified !== undefined && certified !== null && { statements: truth(certified) }) };
  institutions.set(`${connectionId}/${institutionId}`, facts);
  return facts;
}

/** The institutions of these accounts, by id. One that cannot be read stays unknown: its accounts are shown all the same. */
export async function institutionsOf(client: Client, connectionId: string, accounts: readonly Wire[], request: LoadRequest, parts: LoaderParts): Promise<Map<string, InstitutionFacts>> {
  const ids = [...new Set(accounts.map((data) => text(data.institutionId)).filter((id) => id !== undefined))];
  const known = await Promise.all(ids.map(async (id): Promise<[string, InstitutionFacts | undefined]> => {
    const facts = parts.institutions.get(`${connectionId}/${id}`);
    if (facts !== undefined || !/^\d+$/.test(id)) return [id, facts];
    try {
      return [id, learn(connectionId, id, record(record(await client.call('GetInstitution', { institutionId: Number(id) }, asTree(request))).institution), parts)];
    } catch (error) {
      if (request.signal.aborted) throw error;
      return [id, undefined];
    }
  }));
  return new Map(known.flatMap(([id, facts]) => (facts === undefined ? [] : [[id, facts] as const])));
}
