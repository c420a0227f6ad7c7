// `npm test`: sets up what is missing, then every level, one after the other, and a last line that sums them.
// A level that cannot run fails and says why. `npm test -- unit host` runs only the named levels.
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { node, setup } from './setup.mjs';

const artifacts = join(root, 'artifacts');
const bin = (name) => join(root, 'node_modules', name);

/** Runs a program with the project's own Node, shows its output as it comes, and returns code and text. */
function runNode(args, { quiet = false } = {}) {
  return new Promise((resolve) => {
    const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NODE_NO_WARNINGS: '1' };
    const child = spawn(node, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        text += chunk;
        if (!quiet) process.stdout.write(chunk);
      });
    child.on('error', (error) => resolve({ code: 1, text: `${text}\n${error.message}` }));
    child.on('exit', (code) => resolve({ code: code ?? 1, text }));
  });
}

/** A check that is one pass or one failure: its output is shown only when it fails. */
async function check(title, args) {
  const { code, text } = await runNode(args, { quiet: true });
  console.log(`${code === 0 ? '  ✓' : '  ✗'} ${title}`);
  if (code !== 0) console.log(text);
  return code === 0;
}

const count = (results) => ({ passed: results.filter(Boolean).length, failed: results.filter((ok) => !ok).length });

async function vitest(project) {
  const report = join(artifacts, `${project}.json`);
  await runNode([bin('vitest/vitest.mjs'), 'run', '--project', project, '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]);
  const result = await readFile(report, 'utf8').then(JSON.parse, () => undefined);
  if (!result) return { passed: 0, failed: 1 };
  // A file that does not load counts as a failure although none of its tests ran.
  const unloaded = result.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  return { passed: result.numPassedTests, failed: result.numFailedTests + result.numPendingTests + unloaded };
}

async function hostLevel(script) {
  const { code, text } = await runNode([script]);
  const line = /^\w+: (\d+) passed, (\d+) failed$/m.exec(text);
  if (!line) return { passed: 0, failed: 1 };
  const failed = Number(line[2]);
  return { passed: Number(line[1]), failed: code !== 0 && failed === 0 ? 1 : failed };
}

async function playwright() {
  const report = join(artifacts, 'e2e.json');
  process.env.PLAYWRIGHT_JSON_OUTPUT_FILE = report;
  await runNode([bin('@playwright/test/cli.js'), 'test', '--config', 'test/e2e/playwright.config.ts']);
  const stats = await readFile(report, 'utf8').then((text) => JSON.parse(text).stats, () => undefined);
  if (!stats) return { passed: 0, failed: 1 };
  // Told, so that it is looked into; the list above says which.
  if (stats.flaky > 0) console.log(`e2e: ${stats.flaky} passed only at the second try`);
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + stats.skipped };
}

const levels = {
  static: async () => count([
    await check('the description is valid under Redocly\'s recommended rules', [bin('@redocly/cli/bin/cli.js'), 'lint', 'api/openapi.yaml']),
    await check('the extension, the sandbox and the webviews build', ['scripts/build.mjs']),
    await check('the types hold', [bin('typescript/bin/tsc'), '-p', '.']),
    await check('no lint finding', [bin('eslint/bin/eslint.js'), '.']),
  ]),
  unit: () => vitest('unit'),
  contract: () => vitest('contract'),
  host: () => hostLevel('scripts/runHost.ts'),
  package: () => hostLevel('scripts/runPackaged.ts'),
  e2e: playwright,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in levels));
if (unknown.length) {
  console.error(`No level is called ${unknown.join(', ')}; there are ${Object.keys(levels).join(', ')}.`);
  process.exit(2);
}
await setup({ host: true, system: true });
await mkdir(artifacts, { recursive: true });
for (const name of ['unit.json', 'contract.json', 'e2e.json']) await rm(join(artifacts, name), { force: true });
if (wanted.length && !wanted.includes('static')) await runNode(['scripts/build.mjs'], { quiet: true });

const totals = [];
for (const [name, level] of Object.entries(levels)) {
  if (wanted.length && !wanted.includes(name)) continue;
  console.log(`\n── ${name}`);
  const started = performance.now();
  const result = await level();
  totals.push({ name, ...result });
  console.log(`── ${name}: ${result.passed} passed, ${result.failed} failed (${((performance.now() - started) / 1000).toFixed(0)} s)`);
}
const passed = totals.reduce((sum, t) => sum + t.passed, 0);
const failed = totals.reduce((sum, t) => sum + t.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
