// The documents against the project: scripts, commands, settings, files and pictures that they name exist, and folder READMEs stay short.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { root } from '../../scripts/paths.mjs';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const under = (folder: string): string[] => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name.replaceAll('\\', '/')}`).filter((name) => name.endsWith('.md'));
const folderReadmes = [...under('src'), ...under('api')];
const pages = [...readdirSync(root).filter((name) => name.endsWith('.md')), ...folderReadmes, ...under('docs')];
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((m) => m[1]!);
const everywhere = (pattern: RegExp): { page: string; name: string }[] => pages.flatMap((page) => found(read(page), pattern).map((name) => ({ page, name })));
const readme = read('README.md');

test('every npm script that a page names is there', () => {
  const named = everywhere(/npm run (?:-s )?([a-z][\w:-]*)/g);
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter(({ name }) => !(name in manifest.scripts))).toEqual([]);
});

test('links lead somewhere', () => {
  const links = everywhere(/(?<!!)\[[^\]]*\]\((?!https?:|command:|#)([^)#]+)[^)]*\)/g);
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter(({ page, name }) => !existsSync(join(root, dirname(page), name)))).toEqual([]);
});

test('the pictures are ones that `npm run screenshots` makes', () => {
  const pictures = found(readme, /!\[[^\]]+\]\(media\/screenshots\/([\w-]+)\.png\)/g);
  const made = found(/const shown = \[([^\]]*)\]/.exec(read('scripts/screenshots.mjs'))?.[1] ?? '', /'([\w-]+)'/g);
  expect(pictures.length).toBeGreaterThan(3);
  expect(pictures.filter((name) => !made.includes(name))).toEqual([]);
});

test('files named with their folder exist', () => {
  const named = everywhere(/`((?:src|api|test|scripts|docs|media)\/[\w./-]+)`/g).filter(({ name }) => !name.includes('/generated'));
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(({ name }) => !existsSync(join(root, name)))).toEqual([]);
});

test('a folder\'s README names files that are there, and has 40 lines at most', () => {
  for (const page of folderReadmes) {
    const text = read(page);
    expect(text.split('\n').length, page).toBeLessThanOrEqual(41);
    const named = found(text, /`((?:[\w-]+\/|\.\.\/)*[\w.]+\.(?:ts|yaml))`/g);
    const below = readdirSync(join(root, dirname(page)), { recursive: true, encoding: 'utf8' }).map((name) => `/${name.replaceAll('\\', '/')}`);
    const isThere = (name: string): boolean => below.some((path) => path.endsWith(`/${name}`)) || [dirname(page), 'src', '.'].some((place) => existsSync(join(root, place, name)));
    expect(named.length, page).toBeGreaterThan(1);
    expect(named.filter((name) => !isThere(name)), page).toEqual([]);
  }
});

test('the README names every command of the palette by its title, and every setting', () => {
  const hidden = new Set(manifest.contributes.menus.commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command));
  const titles = manifest.contributes.commands.filter(({ command }) => !hidden.has(command)).map(({ title }) => title.replace(/…$/, ''));
  expect(titles.filter((title) => !readme.includes(title))).toEqual([]);
  const settings = Object.keys(manifest.contributes.configuration.properties);
  expect(found(readme, /\| `(openBanking\.[\w.]+)` \|/g)).toEqual(settings);
});
