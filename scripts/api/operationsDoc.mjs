// Makes docs/operations.md, the reference for people, out of the catalogue. `npm run api:build` runs it; by itself:
// `node scripts/api/operationsDoc.mjs`. A unit test holds the committed page to what this makes.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { root } from '../paths.mjs';
import { flagsOf } from './operationList.mjs';
import { generated, ready } from './ready.mjs';

export const page = join(root, 'docs/operations.md');

const head = (count, extra, version) => `# Operations

Made from \`api/\` by \`npm run api:build\`; not edited by hand. ${count} operations of the public description (version ${version} and,
marked removed, what 1.16.0 alone had) and ${extra} that it never had, marked undocumented.
Each stands here by its operation id, with the name that the Python SDK gives it. \`npm run -s operations\` prints the same as a table,
\`npm run -s operations -- consumer\` a part of it.

What the words mean: *billed* and *not billed* are said where a page states it; no such word means unknown, not free. *Not to be automated*:
only by a person's own act. *Up to n s*: how long a caller must be ready to wait (30 s otherwise). *Removed*: gone from the public description.

## The catalogue for programs

\`npm run -s operations -- --json\` prints one JSON object a line, one line an operation (\`--undocumented\` adds those). Every line has every key; \`null\` stands where there is nothing to say.

| key | value |
|---|---|
| \`operationId\` | text, unique |
| \`method\` | \`GET\`, \`POST\`, \`PUT\`, \`DELETE\` or \`PATCH\` |
| \`path\` | path template, parameters in braces |
| \`tag\` | the family, as the public description tags it |
| \`sdkNames\` | list of the Python SDK's names, \`tag.method\`; empty when it has none |
| \`since\` | version of the public description that brought it (\`>\` before a version: after it), \`null\`: by 1.16.0 |
| \`removed\` | version that dropped it, or \`null\` |
| \`deprecated\` | \`true\` or \`false\` |
| \`billable\` | \`yes\`, \`no\` or \`unknown\` |
| \`destructive\` | what is lost by calling it, in words, or \`null\` |
| \`automation\` | \`allowed\` or \`forbidden\` |
| \`timeoutSeconds\` | seconds that a caller must be ready to wait |
| \`fcra\` | \`always\`, \`conditional\` (only when made for a CRA purpose) or \`no\` |
| \`parameters\` | list of \`{name, in, required, type}\`: \`in\` is \`path\`, \`query\` or \`header\`, \`type\` a JSON type (several joined by \`\\|\`) |
| \`requestBody\` | \`{schema, required}\`, \`schema\` the name in \`components.schemas\` or \`null\` for one without a name; \`null\` when it takes no body |
| \`responses\` | status to list of media types; an empty list for an answer without a body |
`;

const cell = (text) => text.replace(/\s+/g, ' ').trim().replaceAll('|', '\\|');
const sentence = (text) => cell(text) + (/[.!?]$/.test(text.trim()) ? '' : '.');
const code = (text) => `\`${text}\``;

/** What a value may be, beside its type. */
function bounds({ enum: values, suggestions, default: fallback, minimum, maximum, minLength, maxLength }) {
  const span = (from, to, unit) => (from !== undefined && to !== undefined ? `${from} to ${to}${unit}` : from !== undefined ? `from ${from}${unit}` : to !== undefined && `up to ${to}${unit}`);
  const list = (items) => items.map(code).join(', ');
  return [
    values && `One of ${list(values)}.`,
    suggestions && `Known values: ${list(suggestions)}.`,
    (minimum ?? maximum) !== undefined && `${span(minimum, maximum, '')}.`,
    (minLength ?? maxLength) !== undefined && `${span(minLength, maxLength, ' characters')}.`,
    fallback !== undefined && `Default ${code(fallback)}.`,
  ].filter(Boolean).map((text) => text[0].toUpperCase() + text.slice(1)).join(' ');
}

/** Statuses that answer with the same media types stand together. */
function answers(responses) {
  const byTypes = new Map();
  for (const [status, types] of Object.entries(responses)) {
    const key = types.join(', ') || 'no body';
    byTypes.set(key, [...(byTypes.get(key) ?? []), status]);
  }
  return [...byTypes].map(([types, statuses]) => `${statuses.join(', ')} ${types}`).join('; ');
}

function section(entry) {
  const names = entry.sdkNames.length > 0 ? `SDK ${entry.sdkNames.map(code).join(', ')}` : 'not in the SDK';
  const flags = flagsOf(entry);
  const parameters = entry.parameters.map((one) => `| ${code(one.name)} | ${one.in} | ${one.type.replaceAll('|', ' or ')}${one.required ? ', required' : ''} | ${cell([one.description ?? '', bounds(one)].join(' '))} |`);
  const body = entry.requestBody;
  return [
    `### ${entry.operationId}`, '',
    sentence(entry.summary), '',
    ...(entry.description ? [cell(entry.description), ''] : []),
    `${code(`${entry.method} ${entry.path}`)} · ${names}`, '',
    ...(flags.length > 0 ? [`Flags: ${flags.join(', ')}.${entry.destructive ? ` Lost by it: ${sentence(entry.destructive)}` : ''}`, ''] : []),
    ...(parameters.length > 0 ? ['| parameter | in | type | meaning |', '|---|---|---|---|', ...parameters, ''] : []),
    ...(body ? [`Body: ${body.schema ? code(body.schema) : 'without a name'}${body.required ? '' : ', may be left out'} (${body.mediaTypes.join(', ')}).`, ''] : []),
    `Answers: ${answers(entry.responses)}.`, '',
  ].join('\n');
}

const anchor = (title) => title.toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-');

/** The whole page. Families stand in the description's own order. */
export function operationsPage(catalogue, document) {
  const families = document.tags.map(({ name, description }) => ({ name, description, entries: catalogue.filter((entry) => entry.tag === name) })).filter(({ entries }) => entries.length > 0);
  return [
    head(catalogue.filter(({ undocumented }) => !undocumented).length, catalogue.filter(({ undocumented }) => undocumented).length, document.info.version),
    '## Families\n',
    ...families.map(({ name, entries }) => `- [${name}](#${anchor(name)}) (${entries.length})`), '',
    ...families.flatMap(({ name, description, entries }) => [`## ${name}\n`, `${sentence(description)}\n`, ...entries.map(section)]),
  ].join('\n').trimEnd() + '\n';
}

/** Writes the page when it is not what it should be. */
export async function writeOperationsPage(catalogue, document) {
  const text = operationsPage(catalogue, document);
  if ((await readFile(page, 'utf8').catch(() => '')) === text) return false;
  await mkdir(dirname(page), { recursive: true });
  await writeFile(page, text);
  return true;
}

if (process.argv[1] === import.meta.filename) {
  await ready();
  const changed = await writeOperationsPage(await generated('catalogue'), await generated('openapi'));
  console.log(changed ? 'docs/operations.md made anew' : 'docs/operations.md is up to date');
}
