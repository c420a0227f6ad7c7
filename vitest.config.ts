import { defineConfig } from 'vitest/config';

// Two levels that run in plain Node: `unit` beside nothing else, `contract` through the client against a sandbox of its own
// (its files share loaded modules, which halves its time: the description's schemas are large and no case leaves anything behind).
export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], environment: 'node', testTimeout: 15_000 } },
      { test: { name: 'contract', include: ['test/contract/**/*.test.ts'], environment: 'node', testTimeout: 30_000, isolate: false } },
    ],
  },
});
