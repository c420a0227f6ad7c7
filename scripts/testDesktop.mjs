// `npm run test:desktop`: the host suite in a desktop VS Code, which @vscode/test-electron downloads on first use (kept in .vscode-host).
// Where VS Code cannot be downloaded or a window cannot be shown, it says so and fails; `npm run test:host` runs the suite there.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { setup, vscodeHost } from './setup.mjs';

/** `npm run test:desktop -- 1.100.0` takes that version; the newest stable one otherwise. */
const version = process.argv[2] ?? 'stable';
const giveUp = (lines) => {
  console.error(lines);
  process.exit(1);
};

await setup({});
// On a fresh clone the packages exist only now.
const { downloadAndUnzipVSCode, runTests } = await import('@vscode/test-electron');
const { build } = await import('./build.mjs');
const { bundleHostTests, folderSettings, hostSuite, watchSandbox } = await import('./hostTests.mjs');
await build();
await bundleHostTests();

let vscodeExecutablePath;
try {
  vscodeExecutablePath = await downloadAndUnzipVSCode({ version, cachePath: join(vscodeHost, 'desktop') });
} catch (error) {
  giveUp(`VS Code (${version}) could not be downloaded: ${error instanceof Error ? error.message : String(error)}\n`
    + 'This level needs update.code.visualstudio.com. The same suite runs without it: npm run test:host');
}
if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
  giveUp('There is no display to show VS Code on. Run it under one: xvfb-run -a npm run test:desktop');

const base = await mkdtemp(join(tmpdir(), 'obx-'));
const folder = join(base, 'workspace');
const sandboxData = join(base, 'sandbox');
await mkdir(join(folder, '.vscode'), { recursive: true });
await writeFile(join(folder, '.vscode/settings.json'), JSON.stringify(folderSettings, null, 2));
const sandbox = watchSandbox(sandboxData);
let code = 1;
try {
  code = await runTests({
    vscodeExecutablePath, extensionDevelopmentPath: root, extensionTestsPath: hostSuite, extensionTestsEnv: { OPEN_BANKING_SANDBOX_DATA: sandboxData },
    launchArgs: [folder, '--user-data-dir', join(base, 'user'), '--disable-extensions'],
  });
  const problem = await sandbox.ended();
  console.log(problem ? `  ✗ deactivation ends the sandbox\n${problem}` : '  ✓ deactivation ends the sandbox');
  if (problem) code ||= 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
} finally {
  await rm(base, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(code);
