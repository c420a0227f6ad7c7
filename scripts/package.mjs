// Packs the VSIX: dist/, media/, the manifest and the pages a reader of the marketplace sees. `--target linux-x64` names the platform
// in the package; the keychain's native file for the platform it is packed on goes along (others use the editor's secret storage).
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from './build.mjs';
import { root } from './paths.mjs';

export async function packVsix(target = join(root, 'artifacts/open-banking-explorer.vsix'), extra = []) {
  await build();
  const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
  await promisify(execFile)(process.execPath, [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--no-rewrite-relative-links', '-o', target, ...extra], { cwd: root });
  return target;
}

if (process.argv[1] === import.meta.filename) console.log(await packVsix(undefined, process.argv.slice(2)));
