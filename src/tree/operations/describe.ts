// A row of the Operations view in words: label, description, tooltip, icon, and what menus match (`viewItem`): `operation;favourite;sdk`, where
// `sdk` says that the Python SDK has a name for it, `head;<what>`, and `request;broken` of a file. Pure, so every wording is tested without an
// editor.
import type { OperationEntry } from '../../api/catalogue.ts';
import { badgesOf, firstBadge, flagsOf } from '../../api/operationWords.mjs';
import { plainText } from '../../client/plainText.ts';
import { requestFileSuffix } from '../../requests/scheme.ts';
import { tooltip } from '../markdown.ts';
import type { NodeIcon, NodeView } from '../view.ts';
import { labelOf, type RequestFile } from './collections.ts';
import type { OperationRow } from './rows.ts';

const methodIcons = { GET: 'eye', POST: 'add', PUT: 'edit', DELETE: 'trash' } as const;
const heads = {
  favourites: { icon: 'star-full', says: 'Operations that you starred.' },
  recent: { icon: 'history', says: 'The operations whose requests you opened or sent last.' },
  family: { icon: 'folder', says: undefined },
  found: { icon: 'folder', says: undefined },
} as const;

export function describeRow(row: OperationRow): NodeView {
  switch (row.kind) {
    case 'operation': return describeOperation(row.entry, row.favourite);
    case 'nothing': {
      const label = `No operation has "${plainText(row.search, 60)}" in its names`;
      return { label, icon: { id: 'info' }, state: 'leaf', contextValue: 'nothing', spoken: label, tooltip: tooltip(label, [], 'Names, operation ids, paths and the Python SDK\'s names are searched. Select this row to show all.'), command: { id: 'openBanking.clearOperationSearch', title: 'Clear Search' } };
    }
    case 'head': {
      const { icon, says } = heads[row.what];
      const count = row.members.length;
      return {
        label: row.label, description: String(count), icon: { id: icon }, state: row.what === 'family' ? 'collapsed' : 'expanded', contextValue: `head;${row.what}`,
        spoken: `${row.label}, ${count} operation${count === 1 ? '' : 's'}`, tooltip: tooltip(row.label, [], says ?? `${count} operation${count === 1 ? '' : 's'}`),
      };
    }
    case 'collections': {
      const count = row.found?.length ?? row.folders.reduce((sum, { files }) => sum + files.length, 0);
      const many = files(count);
      return {
        label: 'Collections', description: `${count}${row.more && !row.found ? '+' : ''}`, icon: { id: 'library' }, state: 'expanded', contextValue: 'head;collections', spoken: `Collections, ${many}`,
        tooltip: tooltip('Collections', [], `${many} in the folders of this workspace.`),
      };
    }
    case 'folder': {
      const label = plainText(row.label, 120) || '(the folder itself)';
      return { label, description: String(row.files.length), icon: { id: 'folder' }, state: row.alone ? 'expanded' : 'collapsed', contextValue: 'head;folder', spoken: `${label}, ${files(row.files.length)}`, tooltip: tooltip(label, [], files(row.files.length)) };
    }
    case 'request': return describeFile(row.file);
    case 'unlisted': {
      const label = `Only ${row.listed} request files are listed`;
      const others = row.found ? 'Another word of the search leaves fewer.' : 'The others open from the Explorer of files.';
      return { label, icon: { id: 'info' }, state: 'leaf', contextValue: 'nothing', spoken: `${label}. ${others}`, tooltip: tooltip(label, [], others) };
    }
  }
}

const files = (count: number): string => `${count} request file${count === 1 ? '' : 's'}`;

/** Selecting it opens it, and never sends it. */
function describeFile(file: RequestFile): NodeView {
  const { entry, folder, name, notes, connection, problem } = file;
  const label = plainText(labelOf(file), 120);
  const where: readonly [string, string] = ['File', plainText(`${folder === '' ? '' : `${folder}/`}${name}${requestFileSuffix}`, 200)];
  const command = { id: 'vscode.open', title: 'Open Request' };
  if (!entry) {
    const why = plainText(problem ?? '', 400);
    return { label, description: 'cannot be read', icon: { id: 'warning', color: 'list.warningForeground' }, state: 'leaf', contextValue: 'request;broken', spoken: `${label}, cannot be read: ${why}`, tooltip: tooltip(label, [where], why), command };
  }
  const { operationId, summary, method, path } = entry;
  const badges = badgesOf(entry).map(({ words }) => words);
  return {
    label, description: [...badges, operationId].join(' · '), icon: iconOf(entry), state: 'leaf', contextValue: 'request', spoken: [label, operationId, ...badges].join(', '), command,
    tooltip: tooltip(label, [['Operation', `${operationId}: ${summary}`], ['Call', `${method} ${path}`], ['Flags', flagsOf(entry).join(', ')], ['Connection', connection && plainText(connection, 60)], where], notes && plainText(notes, 600)),
  };
}

function describeOperation(entry: OperationEntry, favourite: boolean): NodeView {
  const { operationId, summary, description, method, path, sdkNames, tag, tags, destructive } = entry;
  const badges = badgesOf(entry).map(({ words }) => words);
  return {
    label: summary, description: [...badges, operationId].join(' · '), icon: iconOf(entry), state: 'leaf',
    contextValue: ['operation', ...(favourite ? ['favourite'] : []), ...(sdkNames.length > 0 ? ['sdk'] : [])].join(';'),
    spoken: [summary, operationId, ...badges, ...(favourite ? ['favourite'] : [])].join(', '),
    tooltip: tooltip(summary, [
      ['Operation', operationId], ['Call', `${method} ${path}`], ['Python SDK', sdkNames.join(', ') || 'no name'],
      ['Family', (tags ?? [tag]).join(', ')], ['Flags', flagsOf(entry).join(', ')], ['Lost by it', destructive],
    ], description),
    command: { id: 'openBanking.runOperation', title: 'Open Request' },
  };
}

/** What matters most about it, else its method. */
function iconOf(entry: OperationEntry): NodeIcon {
  const badge = firstBadge(entry);
  if (!badge) return { id: methodIcons[entry.method] };
  return { id: badge.icon, ...(entry.removed ? { color: 'disabledForeground' } : entry.destructive && { color: 'list.errorForeground' }) };
}
