// Part `catalogue`: what the described operations cost when they are first needed: the built piece that holds the catalogue, and the one
// that holds the whole description, each loaded in a fresh process, beside JSON.parse of the same data there.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../scripts/paths.mjs';
import { kilobytes, printTable, printTurns, takeTurns } from './measure.ts';
import type { Contender } from './measure.ts';

interface Meta { outputs: Record<string, { inputs: Record<string, unknown> }> }
const { outputs } = JSON.parse(readFileSync(join(root, 'dist/meta.json'), 'utf8')) as Meta;
const data = (name: string) => join(root, 'src/api/generated', name);
/** The piece of the extension that the build put a generated file into. */
function pieceWith(name: string): string {
  const found = Object.entries(outputs).find(([, { inputs }]) => Object.keys(inputs).some((input) => input.endsWith(`generated/${name}`)));
  if (!found) throw new Error(`No piece of dist/ holds ${name}: run npm run build`);
  return join(root, 'dist/chunks', found[0].split('/').at(-1)!);
}

/** Runs a statement in a process of its own, which says how long it took. */
const alone = (name: string, statement: string): Contender => ({
  name,
  run: async () => {
    const program = `const { readFileSync } = require('node:fs'); const at = performance.now(); ${statement}; console.log(performance.now() - at)`;
    const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return { wall: Number(stdout), work: 0 };
  },
});
const pair = (what: string, name: string): [Contender, Contender] => [
  alone(what, `require(${JSON.stringify(pieceWith(name))})`), alone(`JSON.parse of ${name}`, `JSON.parse(readFileSync(${JSON.stringify(data(name))}, 'utf8'))`),
];

const catalogue = pair('the catalogue', 'catalogue.json');
const description = pair('the description', 'openapi.json');
const samples = await takeTurns([...catalogue, ...description], { rounds: 15 });
printTurns('Catalogue: loaded when it is first needed, in a fresh process', samples, ['JSON.parse of catalogue.json', 'JSON.parse of openapi.json']);
const sizes = await Promise.all(['catalogue.json', 'openapi.json'].map(async (name) => [name, kilobytes((await stat(pieceWith(name))).size)] as const));
printTable('Size of the piece in the extension', sizes);
