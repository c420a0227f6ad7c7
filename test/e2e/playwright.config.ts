import { defineConfig } from '@playwright/test';
import { join } from 'node:path';
import { root } from '../../scripts/paths.mjs';

// A person's journeys in a real VS Code. One at a time: two editors side by side would only slow each other.
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  workers: 1,
  fullyParallel: false,
  // A whole editor in a browser on a busy machine: one journey may be tried again, in a fresh one, and the summary says so.
  retries: 1,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  outputDir: join(root, 'artifacts/e2e'),
  reporter: [['list'], ['json']],
});
