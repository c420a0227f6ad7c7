// Runs mocha inside the extension host and reports each test by the console, which the browser hands to scripts/test.mjs.
import Mocha from 'mocha';

export async function runSuite(load: () => void): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: class {} as never });
  mocha.suite.emit('pre-require', globalThis as never, 'suite', mocha);
  load();
  let passed = 0;
  const failed: string[] = [];
  await new Promise<void>((resolve) => {
    mocha.run(() => resolve())
      .on('pass', (test) => {
        passed += 1;
        console.log(`  ✓ ${test.fullTitle()} (${test.duration ?? 0} ms)`);
      })
      .on('fail', (test, error: Error) => {
        failed.push(test.fullTitle());
        console.log(`  ✗ ${test.fullTitle()}\n${error.stack ?? error.message}`);
      });
  });
  console.log(`host: ${passed} passed, ${failed.length} failed`);
  if (failed.length > 0) throw new Error(`${failed.length} host tests failed: ${failed.join('; ')}`);
}
