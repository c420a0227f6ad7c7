// Whom and what a call is about, for its question: the ids that its path, its parameters and the top of its body name. A question that names
// no target is answered for the wrong one. Ids alone: names come from whoever knows them. Pure and free of vscode.
import type { OperationEntry } from '../api/catalogue.ts';
import { plainText } from '../client/plainText.ts';
import type { AnyInput } from '../client/types.ts';
import { isRecord, upperFirst } from '../client/values.ts';

/** `['Customer', '7200000001']`; `customer` on the row of the customer's own id. */
export interface Target {
  label: string;
  value: string;
  customer?: true;
}

const mostTargets = 8;
const longestValue = 80;
const isId = (name: string): boolean => /(Ids?|_ids?)$/.test(name) || name === 'id';

/** In the order of the path, then of the parameters and the body; each id once. */
export function targetsOf({ parameters }: OperationEntry, input: AnyInput): Target[] {
  const path = parameters.filter(({ in: place }) => place === 'path').map(({ name }) => name);
  const others = parameters.filter(({ in: place, name }) => place === 'query' && isId(name)).map(({ name }) => name);
  const body: AnyInput = isRecord(input.body) ? input.body : {};
  const given = [
    ...[...path, ...others].map((name) => [name, input[name]] as const),
    ...Object.entries(body).filter(([name]) => isId(name)),
  ];
  const targets = new Map<string, Target>();
  for (const [name, value] of given) {
    const text = textOf(value);
    const label = labelOf(name);
    if (text !== '' && !targets.has(label)) targets.set(label, { label, value: plainText(text, longestValue), ...(label === 'Customer' && { customer: true as const }) });
  }
  return [...targets.values()].slice(0, mostTargets);
}

function textOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value.trim();
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string' || typeof one === 'number').join(', ') : '';
}

/** `institutionLoginId` → Institution login; `accountIds` → Accounts. */
function labelOf(name: string): string {
  const [, stem = name, many] = /^(.*?)_?[iI]d(s)?$/.exec(name) ?? [];
  if (stem === '') return 'Id';
  const words = stem.replace(/[-_]+/g, ' ').replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return upperFirst(`${words}${many ?? ''}`);
}
