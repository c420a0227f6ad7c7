// What sets an operation apart, in words and icons, and how its names are searched. Shared by the views and by the scripts that list the
// catalogue, which also run where Node cannot read TypeScript yet: hence plain JavaScript, free of imports.

/** @typedef {import('./catalogue.ts').OperationEntry} OperationEntry */
/** @typedef {{ words: string, icon: string }} Badge */

/**
 * Each flag: its words where it applies, else something falsy. Those with an icon are badges, which rows show; `rank` says which of several
 * icons a row takes, the lowest first.
 * @type {readonly { of: (entry: OperationEntry) => string | false | undefined, icon?: string, rank?: number }[]}
 */
const flags = [
  { of: ({ removed }) => removed && `removed in ${removed}`, icon: 'circle-slash', rank: 1 },
  { of: ({ since }) => since && `since ${since.startsWith('>') ? `after ${since.slice(1)}` : since}` },
  { of: ({ undocumented }) => undocumented && 'undocumented', icon: 'question', rank: 9 },
  { of: ({ deprecated }) => deprecated && 'deprecated', icon: 'warning', rank: 8 },
  { of: ({ billable }) => billable === 'yes' && 'billed', icon: 'credit-card', rank: 4 },
  { of: ({ billable }) => billable === 'no' && 'not billed' },
  { of: ({ destructive }) => destructive && 'destructive', icon: 'trash', rank: 2 },
  { of: ({ movesMoney }) => movesMoney && 'moves money', icon: 'arrow-swap', rank: 3 },
  { of: ({ sendsMail }) => sendsMail && 'sends mail', icon: 'mail', rank: 5 },
  { of: ({ automation }) => automation === 'forbidden' && 'not to be automated', icon: 'person', rank: 6 },
  { of: ({ liveInstitution }) => liveInstitution && 'contacts the bank' },
  { of: ({ timeoutSeconds }) => timeoutSeconds > 30 && `up to ${timeoutSeconds} s`, icon: 'watch', rank: 7 },
  { of: ({ mfa }) => mfa && 'may answer 203 (MFA)' },
  { of: ({ fcra }) => (fcra === 'always' ? 'FCRA' : fcra === 'conditional' && 'FCRA for a CRA purpose'), icon: 'law', rank: 10 },
  { of: ({ needs }) => needs && `needs a ${needs.join(' and a ')}` },
  { of: ({ report }) => report && `report type ${report.type}` },
  { of: ({ testingOnly }) => testingOnly && 'testing customers only' },
  { of: ({ dataAccessTiers }) => (dataAccessTiers === 'only' ? 'with Data Access Tiers only' : dataAccessTiers === 'never' && 'not with Data Access Tiers') },
  { of: ({ firesWebhooks }) => firesWebhooks && 'fires webhooks' },
  { of: ({ personalData }) => personalData && 'personal data' },
  { of: ({ appKeyOnly }) => appKeyOnly && 'app key alone' },
  { of: ({ paging }) => paging && { record: 'paged by record', page: 'paged by page number', offset: 'paged by offset' }[paging.by] },
];

/**
 * Everything that sets an operation apart, each in a few words.
 * @param {OperationEntry} entry
 * @returns {string[]}
 */
export const flagsOf = (entry) => flags.map(({ of }) => of(entry)).filter((words) => typeof words === 'string');

/**
 * What somebody should see before choosing it. `icon` is a codicon.
 * @param {OperationEntry} entry
 * @returns {Badge[]}
 */
export const badgesOf = (entry) => flags.flatMap(({ of, icon }) => {
  const words = of(entry);
  return icon && words ? [{ words, icon }] : [];
});

/**
 * The badge that matters most.
 * @param {OperationEntry} entry
 * @returns {Badge | undefined}
 */
export function firstBadge(entry) {
  const [first] = flags.filter(({ of, icon }) => icon && of(entry)).sort((a, b) => a.rank - b.rank);
  return first && { words: first.of(entry), icon: first.icon };
}

/**
 * Entries in which every word occurs, in any of the names they go by.
 * @template {OperationEntry} T
 * @param {readonly T[]} catalogue
 * @param {readonly string[]} words
 * @returns {T[]}
 */
export function matching(catalogue, words) {
  const wanted = words.map((word) => word.toLowerCase());
  return catalogue.filter((entry) => {
    const text = [entry.operationId, entry.method, entry.path, entry.tag, ...(entry.tags ?? []), ...entry.sdkNames, entry.summary].join('\n').toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
