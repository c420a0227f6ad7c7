// What the scripts that read the description need first: the packages, and src/api/generated/ made from api/. Standard output stays
// theirs alone, so that it can be piped.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../paths.mjs';
import { setup } from '../setup.mjs';

export async function ready() {
  const { log } = console;
  console.log = console.error;
  try {
    await setup({});
    await (await import('./build.mjs')).buildApi();
  } finally {
    console.log = log;
  }
}

/** A file of src/api/generated/, such as `openapi` or `catalogue`. */
export const generated = async (name) => JSON.parse(await readFile(join(root, 'src/api/generated', `${name}.json`), 'utf8'));
