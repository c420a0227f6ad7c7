// Prints the whole description as one plain OpenAPI document, for other people's tools.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleApi } from './build.mjs';

const folder = await mkdtemp(join(tmpdir(), 'obx-api-'));
try {
  await bundleApi(join(folder, 'openapi.json'));
  process.stdout.write(await readFile(join(folder, 'openapi.json'), 'utf8'));
} finally {
  await rm(folder, { recursive: true });
}
