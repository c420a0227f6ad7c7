// Who may import whom (ARCHITECTURE.md), and no cycles. Reads the sources, so a new file is covered the moment it exists.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/paths.mjs';

const src = join(root, 'src');
const files = (folder: string): string[] => readdirSync(folder).flatMap((name) => {
  const path = join(folder, name);
  if (statSync(path).isDirectory()) return name === 'generated' ? [] : files(path);
  return path.endsWith('.ts') ? [path] : [];
});
const name = (path: string): string => relative(src, path).split(sep).join('/');

interface Import { from: string; to: string; typeOnly: boolean }
const pattern = /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;
const imports: Import[] = files(src).flatMap((path) => [...readFileSync(path, 'utf8').matchAll(pattern)].map((m) => {
  const target = m[3] ?? m[4]!;
  return { from: name(path), to: target.startsWith('.') ? name(resolve(dirname(path), target)) : target, typeOnly: m[2] !== undefined };
}));

const parts = 'masking|history|requests|jobs|client|credentials|guard|documents|snippets|tree|commands|platform|sandbox|webviews';
const offenders = (from: RegExp, to: RegExp, { types = true } = {}): string[] =>
  imports.filter((i) => from.test(i.from) && to.test(i.to) && (types || !i.typeOnly)).map((i) => `${i.from} imports ${i.to}`);

test('the parts that run in plain Node never import vscode', () => {
  const theEditorsSide = new RegExp([
    '^(extension|composition|standIns)\\.ts$', '^commands/', '^documents/(documentUri|fileSystem|create)\\.ts$', '^platform/(askPerson|askPurpose|progress|showError|presentationSign|statusBar)\\.ts$',
    '^tree/(commands|explorerView|create|treeItems)\\.ts$', '^tree/\\w+/(commands|create|view)\\.ts$', '^webviews/host/',
  ].join('|'));
  const free = /^commands\/.*(Rules|username|sendCall)\.ts$|^webviews\/host\/(html|pdfSession|reportSession|requestPosts|requestSession|reading|transactionsSession|transactionsRange|exportFile)\.ts$/;
  expect(imports.filter(({ from, to }) => to === 'vscode' && (!theEditorsSide.test(from) || free.test(from))).map(({ from }) => from)).toEqual([]);
});

test('the sandbox knows the description and never the client', () => {
  expect(offenders(/^sandbox\//, new RegExp(`^(?!sandbox/)(${parts})/|^extension`))).toEqual([]);
});

test('the client knows the description alone', () => {
  expect(offenders(/^client\//, new RegExp(`^(?!client/)(${parts})/|^extension`))).toEqual([]);
});

test('snippets know the description alone', () => {
  expect(offenders(/^snippets\//, new RegExp(`^(?!snippets/)(${parts})/|^extension`))).toEqual([]);
});

test('masking knows nothing but itself', () => {
  expect(imports.filter(({ from, to }) => /^masking\//.test(from) && !/^masking\//.test(to)).map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
});

test('the browser side of the webviews imports the protocol alone', () => {
  expect(offenders(/^webviews\/ui\//, new RegExp(`^(?!webviews/(ui|protocol)/)(api|${parts})/`))).toEqual([]);
});

test('the tree changes nothing and draws no view of its own', () => {
  expect(offenders(/^tree\//, /^(commands|webviews)\//)).toEqual([]);
});

test('nothing imports the composition root but what loads it when it is needed', () => {
  expect(offenders(/./, /^extension\.ts$/)).toEqual([]);
  expect(offenders(/^(?!extension|standIns)/, /^(composition|standIns)\.ts$/, { types: false })).toEqual([]);
});

test('activation loads stand-ins, and names of the protocol and the documents', () => {
  expect([...new Set(imports.filter(({ from, typeOnly }) => from === 'standIns.ts' && !typeOnly).map(({ to }) => to))].sort())
    .toEqual(['documents/scheme.ts', 'history/scheme.ts', 'requests/scheme.ts', 'vscode', 'webviews/protocol/pdf.ts', 'webviews/protocol/report.ts', 'webviews/protocol/transactions.ts']);
});

test('there are no import cycles', () => {
  const next = new Map<string, string[]>();
  for (const { from, to, typeOnly } of imports) if (!typeOnly) next.set(from, [...(next.get(from) ?? []), to]);
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (at: string, trail: string[]): void => {
    if (trail.includes(at)) cycles.push([...trail.slice(trail.indexOf(at)), at].join(' → '));
    if (done.has(at) || trail.includes(at)) return;
    for (const to of next.get(at) ?? []) visit(to, [...trail, at]);
    done.add(at);
  };
  for (const from of next.keys()) visit(from, []);
  expect(cycles).toEqual([]);
});
