// Makes src/api/generated/ from api/: the bundled document, the TypeScript types, the operation catalogue and the code tables;
// and docs/operations.md from the catalogue. By hand it also makes docs/guard.md, from the guard's own tables.
// Runs only when something in api/ or in this folder, or the words for flags, is newer than what it made last.
import { execFile } from 'node:child_process';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { toCatalogue } from './catalogue.mjs';
import { writeOperationsPage } from './operationsDoc.mjs';
import { root } from '../paths.mjs';

const run = promisify(execFile);
const out = join(root, 'src/api/generated');
const newest = async (...folders) => {
  let latest = 0;
  for (const folder of folders)
    for (const name of await readdir(folder)) latest = Math.max(latest, (await stat(join(folder, name))).mtimeMs);
  return latest;
};

/** Bundles api/ into one document with Redocly CLI; the family files' components are lifted into one `components`. */
export async function bundleApi(target) {
  const redocly = join(root, 'node_modules/@redocly/cli/bin/cli.js');
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  await run(process.execPath, [redocly, 'bundle', 'api/openapi.yaml', '--ext', 'json', '-o', target], { cwd: root, env });
  return JSON.parse(await readFile(target, 'utf8'));
}

export async function buildApi({ force = false } = {}) {
  const made = await stat(join(out, 'types.d.ts')).then((s) => s.mtimeMs, () => 0);
  const words = (await stat(join(root, 'src/api/operationWords.mjs'))).mtimeMs;
  if (!force && made > Math.max(words, await newest(join(root, 'api'), join(root, 'scripts/api')))) return false;
  await mkdir(out, { recursive: true });
  const document = await bundleApi(join(out, 'openapi.json'));
  await writeFile(join(out, 'openapi.json'), JSON.stringify(document));
  const catalogue = toCatalogue(document);
  await writeFile(join(out, 'catalogue.json'), JSON.stringify(catalogue));
  for (const name of ['errorCodes', 'aggregationStatusCodes']) {
    const table = await readFile(join(root, `api/${name}.yaml`), 'utf8').then(parse, () => ({}));
    await writeFile(join(out, `${name}.json`), JSON.stringify(table));
  }
  // Read only now: it is large, and mostly there is nothing to make.
  const { default: openapiTS, astToString } = await import('openapi-typescript');
  const types = astToString(await openapiTS(document, { alphabetize: false, defaultNonNullable: false }));
  await writeOperationsPage(catalogue, document);
  await writeFile(join(out, 'types.d.ts'), types); // last: its age says that all of it is there
  return true;
}

if (process.argv[1] === import.meta.filename) {
  const changed = await buildApi({ force: process.argv.includes('--force') });
  console.log(changed ? 'src/api/generated made from api/' : 'src/api/generated is up to date');
  const { writeGuardPage } = await import('./guardDoc.mjs');
  if (await writeGuardPage()) console.log('docs/guard.md made anew');
}
