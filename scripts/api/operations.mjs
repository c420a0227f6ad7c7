// `npm run -s operations`: the operation catalogue, as a table for people or, with --json, one object a line for programs.
// What is missing (packages, what is generated from api/) is made first. docs/operations.md says what the keys mean.
import { parseArgs } from 'node:util';
import { flagsOf, matching, table, toRecord } from './operationList.mjs';
import { generated, ready } from './ready.mjs';

const usage = `npm run -s operations [-- [TEXT…] [--json] [--undocumented]]

Lists the described operations: method, operation id, path, family, Python SDK name, flags.
  TEXT    only operations with every TEXT in their id, method, path, family, SDK name or summary
  --json  one JSON object a line; docs/operations.md explains the keys
  --undocumented  also the operations that no public description has`;

async function main() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' }, undocumented: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
  if (values.help) return console.log(usage);
  await ready();
  const listed = matching(await generated('catalogue'), positionals).filter((entry) => values.undocumented || !entry.undocumented);
  if (values.json) return process.stdout.write(listed.map((entry) => `${JSON.stringify(toRecord(entry))}\n`).join(''));
  if (listed.length === 0) {
    console.error(`No operation has ${positionals.join(' and ')} in its names.`);
    process.exitCode = 1;
    return;
  }
  const rows = listed.map((entry) => [entry.method, entry.operationId, entry.path, entry.tag, entry.sdkNames.join(', ') || '-', flagsOf(entry).join(', ') || '-']);
  console.log(table([['METHOD', 'OPERATION', 'PATH', 'FAMILY', 'SDK', 'FLAGS'], ...rows]));
  console.error(`${listed.length} operation${listed.length === 1 ? '' : 's'}`);
}

process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));
await main().catch((error) => {
  if (!error.code?.startsWith?.('ERR_PARSE_ARGS')) throw error;
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
});
