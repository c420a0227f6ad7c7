// What every caller of the API has to know of the wire beside the catalogue: which media type to ask for, and which families read the key
// and the token under a second name. Free of imports at run time.
import type { OperationEntry } from './catalogue.ts';

/** Media types of the answers that are successes. */
export const successTypes = ({ responses }: OperationEntry): readonly string[] =>
  Object.entries(responses).flatMap(([status, types]) => (status.startsWith('2') ? types : []));

/**
 * JSON where the operation answers in JSON. Elsewhere (files, empty answers) anything is taken, but JSON is preferred so that errors
 * come as JSON; some of these operations refuse a request that takes JSON alone (14025).
 */
export const acceptOf = (operation: OperationEntry): string =>
  (successTypes(operation).includes('application/json') ? 'application/json' : 'application/json, */*;q=0.1');

/** The families that read App-Key and App-Token beside Finicity-App-Key and Finicity-App-Token. */
export const hasDoubleHeaders = ({ path }: OperationEntry): boolean => path.startsWith('/notification-subscriptions/') || path.startsWith('/data-sharing-consents');
