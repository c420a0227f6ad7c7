// The catalogue as an interface: one record an operation, every key in each, null where there is nothing to say. docs/operations.md
// explains the keys; other people's programs read them, so a change here is a change for them.
export { flagsOf, matching } from '../../src/api/operationWords.mjs';

/** What `npm run -s operations -- --json` prints of a catalogue entry. */
export function toRecord(entry) {
  const { operationId, method, path, tag, sdkNames, since, removed, deprecated, billable, destructive, automation, timeoutSeconds, fcra } = entry;
  return {
    operationId, method, path, tag, sdkNames, since: since ?? null, removed: removed ?? null, deprecated, billable, destructive: destructive ?? null,
    automation, timeoutSeconds, fcra,
    parameters: entry.parameters.map(({ name, in: place, required, type }) => ({ name, in: place, required, type })),
    requestBody: entry.requestBody ? { schema: entry.requestBody.schema ?? null, required: entry.requestBody.required } : null,
    responses: entry.responses,
  };
}

/** Rows of text as aligned columns; the last one is left ragged. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column]))).join('  ').trimEnd()).join('\n');
}
