// A row of the Operations view in words: label, description, tooltip, icon, and what menus match (`viewItem`): `operation;favourite;sdk`, where
// `sdk` says that the Python SDK has a name for it, and `head;<what>`. Pure, so every wording is tested without an editor.
import type { OperationEntry } from '../../api/catalogue.ts';
import { badgesOf, firstBadge, flagsOf } from '../../api/operationWords.mjs';
import { plainText } from '../../client/plainText.ts';
import { tooltip } from '../markdown.ts';
import type { NodeIcon, NodeView } from '../view.ts';
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
  }
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
