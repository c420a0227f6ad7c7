// Where a failed report failed: the account, the institution, the file. The error names ids at best (schema ErrorMessage of 1.42.0: accountId,
// assetId); what they are called stands in the body's institutions, if anywhere. An error without an account whose code is an account's state
// is that of the accounts in this state.
import { field, isObject } from '../generic.ts';
import type { Field, JsonObject } from '../reportTypes.ts';
import { isAccountState } from '../reportWords.ts';
import { accountLabel, objectsOf, textOf } from './reading.ts';

interface Found { account: JsonObject; index: number; institution: JsonObject }

/** More of one state are a list that nobody reads here; the accounts' table has them all. */
const most = 10;

export function problemPlaces(error: JsonObject, body: JsonObject): Field[] {
  const id = textOf(error.accountId);
  const institutions = objectsOf(body.institutions);
  const all = institutions.flatMap((institution) => objectsOf(institution.accounts).map((account, index): Found => ({ account, index, institution })));
  const named = all.filter(({ account }) => id !== '' && textOf(account.id) === id);
  const code = textOf(error.code);
  const ofState = id === '' && code !== '' ? all.filter(({ account }) => textOf(account.aggregationStatusCode) === code) : [];
  return [
    ...(named.length > 0 ? named : ofState).slice(0, most).flatMap(accountFields),
    ...(id !== '' && named.length === 0 ? [{ ...field('accountId', error.accountId), label: 'Account' }] : []),
    ...institutionFields(error, institutions, named.length > 0 || ofState.length > 0),
    ...(textOf(error.assetId) === '' ? [] : [{ ...field('assetId', error.assetId), label: 'File' }]),
  ];
}

function accountFields({ account, index, institution }: Found): Field[] {
  const at = textOf(institution.name) || textOf(institution.id);
  return [
    ...(at === '' ? [] : [{ key: 'institution', label: 'Institution', value: at, kind: 'text' } as const]),
    { key: 'account', label: 'Account', value: accountLabel(account, index), kind: 'text' },
    ...(textOf(account.id) === '' ? [] : [field('accountId', account.id)]),
  ];
}

/** What the error says of the institution itself; where it is a state of an account, the only institution that the body has. */
function institutionFields(error: JsonObject, institutions: readonly JsonObject[], known: boolean): Field[] {
  if (known) return [];
  const told = isObject(error.institution) ? error.institution : {};
  const id = textOf(error.institutionId) || textOf(told.id);
  const only = institutions.length === 1 && isAccountState(textOf(error.code)) ? institutions[0] : undefined;
  const same = institutions.find((one) => id !== '' && textOf(one.id) === id) ?? (id === '' ? only : undefined);
  const name = textOf(error.institutionName) || textOf(error.institution) || textOf(told.name) || textOf(same?.name);
  return [
    ...(name === '' ? [] : [{ key: 'institution', label: 'Institution', value: name, kind: 'text' } as const]),
    ...(id === '' && textOf(same?.id) === '' ? [] : [field('institutionId', id || textOf(same?.id))]),
  ];
}
