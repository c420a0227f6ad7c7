// Gives a connection another label. Its id, its documents and its secrets stay.
import { type ConnectionArgument, type ConnectionParts, targetConnection } from './parts.ts';
import { askLabel } from './questions.ts';
import { askAll } from './wizard.ts';

export async function renameConnection(parts: ConnectionParts, argument?: ConnectionArgument): Promise<void> {
  const record = await targetConnection(parts, argument, 'Rename Connection');
  if (!record) return;
  const draft = { label: record.label };
  const taken = parts.connections.list().filter(({ id }) => id !== record.id).map(({ label }) => label);
  if (!(await askAll(`Rename "${record.label}"`, () => [askLabel(draft, taken)])) || draft.label === record.label) return;
  await parts.connections.update(record.id, { label: draft.label });
}
