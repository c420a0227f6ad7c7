// Fields that have a form of their own wherever they stand in a body: analytics, pay statements, the periods of the older analytics. A form
// shows all of its value, what nobody knew of in the generic way; a value that is not as expected has none and stays generic.
import type { OwnForm } from '../generic.ts';
import type { JsonObject } from '../reportTypes.ts';
import { analyticsSection } from './analyticsSection.ts';
import { employmentSection } from './employment.ts';
import { periodsSection } from './legacyAnalytics.ts';
import { payrollStatementsSection, payStatementsSection } from './payStatementsSection.ts';
import { accountsOf, objectsOf, textOf } from './reading.ts';

/** The forms for one body; what they look up in it is looked up once, when the first one asks. */
export function ownForms(body: JsonObject): OwnForm {
  let byId: ReadonlyMap<string, JsonObject> | undefined;
  const transaction = (id: string) => (byId ??= transactionsById(body)).get(id);
  return (place, value, options) => analyticsSection(place, value, options, transaction) ?? payrollStatementsSection(place, value, options)
    ?? employmentSection(place, value, options) ?? payStatementsSection(place, value, options) ?? periodsSection(place, value, options);
}

function transactionsById(body: JsonObject): ReadonlyMap<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  for (const account of accountsOf(body)) for (const one of objectsOf(account.transactions)) found.set(textOf(one.id), one);
  return found;
}
