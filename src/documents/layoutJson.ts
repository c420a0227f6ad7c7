// JSON as an editor likes it. The editor folds and colours up to about 300,000 lines, so a large answer is laid out with one record a line:
// still searchable and comparable line by line, at a fraction of the lines.

/** Above this the editor grows slow with one value a line. */
const prettyLimit = 8_000_000;
/** Levels that a large answer still opens up: enough for institutions[].accounts[].transactions[]. */
const openLevels = 6;

/** @param size Bytes of the answer as received, or an estimate. */
export function layoutJson(value: unknown, size: number): string {
  return `${size <= prettyLimit ? JSON.stringify(value, undefined, 2) : records(value, 0)}\n`;
}

function records(value: unknown, depth: number): string {
  if (typeof value !== 'object' || value === null || depth >= openLevels) return JSON.stringify(value) ?? 'null';
  const pad = '  '.repeat(depth + 1);
  const end = `\n${'  '.repeat(depth)}`;
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[\n${value.map((item) => `${pad}${records(item, depth + 1)}`).join(',\n')}${end}]`;
  const fields = Object.entries(value).filter(([, item]) => item !== undefined);
  if (fields.length === 0) return '{}';
  return `{\n${fields.map(([name, item]) => `${pad}${JSON.stringify(name)}: ${records(item, depth + 1)}`).join(',\n')}${end}}`;
}
