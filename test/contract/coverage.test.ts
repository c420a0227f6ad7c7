// Every described operation has a contract case: one `good(…)` in a file of this folder, which by itself demands a successful call through
// the client. Read from the sources, because each file runs alone.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/api/catalogue.ts';

const here = new URL('.', import.meta.url);
const sources = readdirSync(here).filter((name) => name.endsWith('.test.ts') && !name.startsWith('coverage')).map((name) => readFileSync(new URL(name, here), 'utf8'));
const covered = new Set(sources.flatMap((source) => [...source.matchAll(/^\s*good\('([^']+)'/gm)].map(([, id]) => id)));

describe('every operation has a contract case', () => {
  test.each(catalogue.map(({ operationId }) => operationId))('%s', (operationId) => {
    expect(covered, `${operationId} has no contract case: write good('${operationId}', …) in test/contract`).toContain(operationId);
  });
  test('and no case is about an operation that is not described', () => {
    const known = new Set<string>(catalogue.map(({ operationId }) => operationId));
    expect([...covered].filter((id) => !known.has(id as string))).toEqual([]);
  });
});
