// `npm run api:diff -- FILE`: what differs between api/ and an official description, operation by operation. Knowing differences stand in
// api/exceptions.yaml. Ends with 0 when nothing else differs, 1 when something does, 2 when the file cannot be read as a description.
import { parseArgs } from 'node:util';
import { generated, ready } from './ready.mjs';

const usage = `npm run api:diff -- FILE [--operation TEXT] [--explained] [--json] [--strict]

Compares api/ with the OpenAPI 3 description in FILE and prints what differs.
  --operation TEXT  only operations whose id contains TEXT (more than once: any of them)
  --explained       also how many differences each entry of api/exceptions.yaml explains
  --json            one difference a line, as JSON
  --strict          a stale entry of api/exceptions.yaml counts as a difference
Added means that the file has it and api/ does not, removed the opposite; what changed is shown as ours → theirs.
Ends with 0 when nothing differs but what api/exceptions.yaml explains, 1 when something does, 2 for a file that cannot be compared.`;

async function main() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { operation: { type: 'string', multiple: true }, explained: { type: 'boolean' }, json: { type: 'boolean' }, strict: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
  if (values.help) return console.log(usage);
  if (positionals.length !== 1) return complain(`Name one file.\n\n${usage}`);
  await ready();
  // Read only now: they need packages.
  const [{ readOpenApi }, { compareDescriptions, report }, { readExceptions, sift }] = await Promise.all([import('./openapi.mjs'), import('./compare.mjs'), import('./exceptions.mjs')]);
  const theirs = await readOpenApi(positionals[0]);
  const { against, exceptions } = await readExceptions();
  const all = compareDescriptions(await generated('openapi'), theirs);
  const { open, explained, stale, counts } = sift(all, exceptions);
  const wanted = values.operation?.map((text) => text.toLowerCase());
  const listed = wanted ? open.filter(({ operation }) => wanted.some((text) => operation.toLowerCase().includes(text))) : open;
  if (values.json) for (const one of listed) console.log(JSON.stringify(one));
  else if (listed.length > 0) console.log(`${report(listed)}\n`);
  if (values.explained) for (const { entry, used } of counts) console.error(`${String(used).padStart(6)}  ${[entry.place].flat().join(' ')}: ${entry.reason.trim()}`);
  const version = String(theirs.info?.version ?? 'without a version');
  if (version === against) for (const entry of stale) console.error(`Stale exception, it explains nothing: ${JSON.stringify(entry)}`);
  const count = (n, word) => `${n} ${word}${n === 1 ? '' : 's'}`;
  console.error(`Against ${version}: ${count(listed.length, 'difference')} in ${count(new Set(listed.map((one) => one.operation)).size, 'operation')}, ${explained} more explained by api/exceptions.yaml${version === against && stale.length > 0 ? `, ${count(stale.length, 'stale exception')}` : ''}.`);
  if (listed.length > 0 || (values.strict && version === against && stale.length > 0)) process.exitCode = 1;
}

function complain(line) {
  console.error(line);
  process.exitCode = 2;
}

process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));
await main().catch((error) => {
  if (error.name !== 'InputError' && !error.code?.startsWith?.('ERR_PARSE_ARGS')) throw error;
  complain(error.message);
});
