// Bundles dist/: the extension (CommonJS chunks, loaded on demand), the sandbox (one file of its own), and the webviews (browser modules).
// `--watch` is not offered: a build takes about a second.
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import * as esbuild from 'esbuild';
import { requestFileSchema } from '../src/api/requestParts.mjs';
import { buildApi } from './api/build.mjs';
import { toCommonJs } from './extensionPieces.mjs';
import { root } from './paths.mjs';

const finished = join(root, 'dist');
// Built beside it and put in its place at the end: a failed or a second build never leaves half of one.
const dist = join(root, `.dist-${process.pid}`);
const minify = !process.argv.includes('--debug');
/** Large data as text that is parsed when its piece is loaded: three times as fast as the same data written as code. */
const parsedJson = {
  name: 'parsed-json',
  setup: (build) => build.onLoad({ filter: /[\\/]generated[\\/]\w+\.json$/ }, async ({ path }) =>
    ({ contents: `export default JSON.parse(${JSON.stringify(JSON.stringify(JSON.parse(await readFile(path, 'utf8'))))})`, loader: 'js' })),
};
const shared = { bundle: true, plugins: [parsedJson], absWorkingDir: root, minify, sourcemap: false, logLevel: 'warning', legalComments: 'none', metafile: true };

/**
 * esbuild splits only ES modules, and the editor loads the extension as CommonJS: so it is split first and converted after.
 * A dynamic import in the source thereby becomes a require of its piece at the moment it runs, and shared modules exist once.
 */
async function buildExtension() {
  const result = await esbuild.build({
    ...shared, entryPoints: { extension: 'src/extension.ts' }, outdir: dist, platform: 'node', target: 'node20', format: 'esm', splitting: true,
    // Its main entry is UMD, whose requires no bundler can follow.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    external: ['vscode'], write: false, chunkNames: 'chunks/[name]-[hash]', outExtension: { '.js': '.cjs' },
  });
  const inDist = (path) => relative(dist, resolve(root, path)).replaceAll('\\', '/');
  const files = await toCommonJs({
    entry: 'extension.cjs', minify,
    modules: new Map(result.outputFiles.map((file) => [inDist(file.path), file.text])),
    imports: new Map(Object.entries(result.metafile.outputs).map(([path, output]) => [inDist(path), output.imports.filter((i) => i.kind === 'import-statement' && !i.external).map((i) => inDist(i.path))])),
  });
  await mkdir(join(dist, 'chunks'), { recursive: true });
  for (const [name, code] of files) await writeFile(join(dist, name), code);
  return result.metafile;
}

/** The programs that run in processes of their own: the sandbox, and the keychain's access. */
const buildPrograms = () => esbuild.build({ ...shared, entryPoints: { sandbox: 'src/sandbox/main.ts', keychain: 'src/credentials/keychainProcess.ts' }, outdir: dist, outExtension: { '.js': '.cjs' }, platform: 'node', target: 'node20', format: 'cjs' });

async function buildWebviews() {
  const ui = join(root, 'src/webviews/ui');
  const entries = (await readdir(ui)).filter((name) => name.endsWith('.main.ts'));
  if (entries.length === 0) return;
  await esbuild.build({
    ...shared, entryPoints: entries.map((name) => ({ in: join(ui, name), out: name.replace('.main.ts', '') })), outdir: join(dist, 'webviews'),
    platform: 'browser', target: 'es2023', format: 'esm', splitting: false, loader: { '.css': 'text', '.svg': 'text' },
  });
  await mkdir(join(dist, 'webviews/pdfjs'), { recursive: true });
  for (const name of ['build/pdf.worker.min.mjs', 'cmaps', 'standard_fonts', 'wasm', 'iccs'])
    await cp(join(root, 'node_modules/pdfjs-dist', name), join(dist, 'webviews/pdfjs', name.replace('build/', '')), { recursive: true });
  await mkdir(join(dist, 'webviews/codicons'), { recursive: true });
  for (const name of ['codicon.css', 'codicon.ttf']) await cp(join(root, 'node_modules/@vscode/codicons/dist', name), join(dist, 'webviews/codicons', name));
}

/** The keychain binding is native: the file for each platform that is installed goes along, and the vault loads the one that fits. */
async function copyNative() {
  const scope = join(root, 'node_modules/@napi-rs');
  await mkdir(join(dist, 'native'), { recursive: true });
  for (const name of existsSync(scope) ? await readdir(scope) : []) {
    if (!name.startsWith('keyring-')) continue;
    for (const file of await readdir(join(scope, name))) if (file.endsWith('.node')) await cp(join(scope, name, file), join(dist, 'native', file));
  }
}

/** The schema that the manifest gives to request files. */
async function writeRequestSchema() {
  const catalogue = JSON.parse(await readFile(join(root, 'src/api/generated/catalogue.json'), 'utf8'));
  await writeFile(join(dist, 'request.schema.json'), JSON.stringify(requestFileSchema(catalogue)));
}

/** What the extension opens as it is: the guard's rules. */
const copyPages = () => cp(join(root, 'docs/guard.md'), join(dist, 'guard.md'));

export async function build() {
  await buildApi();
  await mkdir(dist, { recursive: true });
  try {
    const [meta] = await Promise.all([buildExtension(), buildPrograms(), buildWebviews(), copyNative(), copyPages(), writeRequestSchema()]);
    await writeFile(join(dist, 'meta.json'), JSON.stringify(meta));
    await rm(finished, { recursive: true, force: true });
    await rename(dist, finished);
  } finally {
    await rm(dist, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const started = performance.now();
  await build();
  const size = (await readFile(join(finished, 'extension.cjs'))).length;
  console.log(`dist/ built in ${((performance.now() - started) / 1000).toFixed(1)} s; extension.cjs is ${(size / 1024).toFixed(1)} KB`);
}
