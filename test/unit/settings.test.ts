import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { storeSetting } from '../../src/platform/settings.ts';

const configured = (found: { defaultValue?: unknown; globalValue?: unknown; workspaceValue?: unknown; workspaceFolderValue?: unknown } | undefined) => ({ inspect: () => found });

test('the user\'s own value counts, then the default', () => {
  expect(storeSetting(configured({ defaultValue: 'auto', globalValue: 'vscode' }))).toBe('vscode');
  expect(storeSetting(configured({ defaultValue: 'auto' }))).toBe('auto');
  expect(storeSetting(configured(undefined))).toBe('auto');
});

test('a workspace decides nothing about where secrets go', () => {
  expect(storeSetting(configured({ defaultValue: 'auto', workspaceValue: 'vscode', workspaceFolderValue: 'vscode' }))).toBe('auto');
});

test('a value that is none of the choices is the default', () => {
  expect(storeSetting(configured({ defaultValue: 'auto', globalValue: 'plainFile' }))).toBe('auto');
});

test('the manifest agrees: no workspace may set it, and no setting holds a base URL or a secret', () => {
  const { properties } = manifest.contributes.configuration;
  expect(properties['openBanking.credentials.store']).toMatchObject({ scope: 'machine', default: 'auto', enum: ['auto', 'osKeychain', 'vscode'] });
  expect(Object.keys(properties).filter((name) => /url|secret|token|key$|password|partner/i.test(name))).toEqual([]);
});
