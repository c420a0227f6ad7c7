// The catalogue as an interface: one record an operation, every key in each, null where there is nothing to say. docs/operations.md
// explains the keys; other people's programs read them, so a change here is a change for them.

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

/** Entries in which every word occurs, in any of the names they go by. */
export function matching(catalogue, words) {
  const wanted = words.map((word) => word.toLowerCase());
  return catalogue.filter((entry) => {
    const text = [entry.operationId, entry.method, entry.path, entry.tag, ...(entry.tags ?? []), ...entry.sdkNames, entry.summary].join('\n').toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** What sets an operation apart, each in a few words. */
export function flagsOf(entry) {
  const { report, needs, removed, since } = entry;
  return [
    removed && `removed in ${removed}`,
    since && `since ${since.startsWith('>') ? `after ${since.slice(1)}` : since}`,
    entry.undocumented && 'undocumented',
    entry.deprecated && 'deprecated',
    entry.billable === 'yes' ? 'billed' : entry.billable === 'no' && 'not billed',
    entry.destructive && 'destructive',
    entry.movesMoney && 'moves money',
    entry.sendsMail && 'sends mail',
    entry.automation === 'forbidden' && 'not to be automated',
    entry.liveInstitution && 'contacts the bank',
    entry.timeoutSeconds > 30 && `up to ${entry.timeoutSeconds} s`,
    entry.mfa && 'may answer 203 (MFA)',
    entry.fcra === 'always' ? 'FCRA' : entry.fcra === 'conditional' && 'FCRA for a CRA purpose',
    needs && `needs a ${needs.join(' and a ')}`,
    report && `report type ${report.type}`,
    entry.testingOnly && 'testing customers only',
    entry.dataAccessTiers === 'only' ? 'with Data Access Tiers only' : entry.dataAccessTiers === 'never' && 'not with Data Access Tiers',
    entry.firesWebhooks && 'fires webhooks',
    entry.personalData && 'personal data',
    entry.appKeyOnly && 'app key alone',
    entry.paging && { record: 'paged by record', page: 'paged by page number', offset: 'paged by offset' }[entry.paging.by],
  ].filter(Boolean);
}

/** Rows of text as aligned columns; the last one is left ragged. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column]))).join('  ').trimEnd()).join('\n');
}
