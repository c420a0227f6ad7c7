// Runs the host suite in VS Code in the browser and passes its lines on. See scripts/hostTests.mjs.
import { launchBrowser, startHost } from '../test/support/vscode.ts';
import { bundleHostTests, hostSuite } from './hostTests.mjs';

await bundleHostTests();
const host = await startHost({ tests: hostSuite });
const browser = await launchBrowser();
let code = 1;
try {
  const page = await browser.newPage();
  const ended = new Promise<number>((resolve, reject) => {
    setTimeout(() => reject(new Error(`The host suite did not end within 8 minutes.\n${host.serverOutput()}`)), 480_000).unref();
    void page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
      const line = args.map((a) => (typeof a === 'string' ? a : JSON.stringify(a))).join(' ');
      if (type !== 'warn') console.log(line);
    }).then(() => page.exposeFunction('codeAutomationExit', (value: number) => resolve(value))).then(() => page.goto(host.url)).catch(reject);
  });
  code = await ended;
} catch (error) {
  console.error(error);
} finally {
  await browser.close();
  await host.stop();
}
process.exit(code);
