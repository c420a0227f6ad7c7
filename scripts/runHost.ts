// Runs the host suite in VS Code in the browser and passes its results on; then closes the window, which must end the sandbox too.
// The last line sums both up for scripts/test.mjs. See scripts/hostTests.mjs.
import { launchBrowser, startHost } from '../test/support/vscode.ts';
import { bundleHostTests, folderSettings, hostSuite, watchSandbox } from './hostTests.mjs';

await bundleHostTests();
const host = await startHost({ tests: hostSuite, settings: folderSettings });
const browser = await launchBrowser();
const sandbox = watchSandbox(host.sandboxData);
/** What else the extension host said: shown only when something failed. */
const noise: string[] = [];
let passed = 0;
let failed = 0;
try {
  const page = await browser.newPage();
  await new Promise<void>((resolve, reject) => {
    setTimeout(() => reject(new Error('The host suite did not end within 8 minutes.')), 480_000).unref();
    const onLine = (type: string, args: unknown[]) => {
      const line = args.map((a) => (typeof a === 'string' ? a : JSON.stringify(a))).join(' ');
      const sum = /^host: (\d+) passed, (\d+) failed$/.exec(line);
      if (sum) [passed, failed] = [Number(sum[1]), Number(sum[2])];
      else if (/^ {2}[✓✗]/.test(line)) console.log(line);
      else if (type !== 'warn') noise.push(line.split('\n')[0]!);
    };
    void page.exposeFunction('codeAutomationLog', onLine).then(() => page.exposeFunction('codeAutomationExit', () => resolve())).then(() => page.goto(host.url)).catch(reject);
  });
  if (passed + failed === 0) throw new Error('The extension host ended without running a test.');
  await page.close({ runBeforeUnload: true });
  const problem = await sandbox.ended();
  if (problem) failed += 1;
  else passed += 1;
  console.log(problem ? `  ✗ deactivation ends the sandbox\n${problem}` : '  ✓ deactivation ends the sandbox');
} catch (error) {
  failed += 1;
  console.log(`  ✗ the host suite runs\n${error instanceof Error ? error.message : String(error)}\n${host.serverOutput()}`);
} finally {
  if (failed > 0) console.log(noise.slice(-40).join('\n'));
  await browser.close();
  await host.stop();
}
console.log(`host: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
