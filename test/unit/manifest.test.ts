// The manifest against the code: what is contributed is registered, what is registered is contributed, menus name commands that exist and
// rows that the tree produces. Reads the sources, so that a command forgotten on either side is named here.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { root } from '../../scripts/paths.mjs';
import { catalogue } from '../../src/api/catalogue.ts';
import { VERSION as sandboxVersion } from '../../src/sandbox/sandbox.ts';
import { describeNode } from '../../src/tree/describe.ts';
import { documentOf, idOf, transactionsOf } from '../../src/tree/documentOf.ts';
import type { HistoryEntry } from '../../src/history/entry.ts';
import { days, describeRow as describeCallRow, type HistoryRow } from '../../src/history/rows.ts';
import type { Job, JobState } from '../../src/jobs/job.ts';
import { describeJob } from '../../src/jobs/rows.ts';
import type { AccountState, ExplorerNode, NodeKind, NodeOf } from '../../src/tree/nodes.ts';
import { describeRow } from '../../src/tree/operations/describe.ts';
import { collectionRows, heads, membersOf, requestRows } from '../../src/tree/operations/rows.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const sources = new Map(readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/')).filter((name) => name.endsWith('.ts') && !name.includes('generated/'))
  .map((name): [string, string] => [name, read(`src/${name}`)]));
const all = [...sources.values()].join('\n');
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((m) => m[1]!);

interface MenuItem { command: string; when?: string; group?: string }
const { contributes } = manifest;
const commands = contributes.commands as readonly { command: string; title: string; icon?: string; enablement?: string }[];
const ids = commands.map(({ command }) => command);
const menus = contributes.menus as Readonly<Record<string, readonly MenuItem[]>>;
const palette = new Map(menus.commandPalette!.map(({ command, when }) => [command, when]));

/** The tables from ids to what they run. */
const tables = ['commands/table.ts', 'commands/connections/table.ts', 'commands/history/table.ts', 'commands/jobs/table.ts', 'commands/operations/requestFiles.ts', 'tree/commands.ts', 'tree/operations/commands.ts', 'webviews/host/create.ts'];
const registered = tables.flatMap((name) => found(sources.get(name)!, /^ +'(openBanking\.\w+)':/gm));

/** Rows of every kind and in every state that menus tell apart. */
const at = { path: 'c/x', connectionId: 'c' };
const own = { ...at, customerId: '7' };
const state = (level: AccountState['level']): AccountState => ({ level, meaning: 'm', fix: 'f' });
const levels = ['ok', 'new', 'wait', 'attention', 'reconnect', 'gone'] as const;
const rows: { [K in NodeKind]: NodeOf<K>[] } = {
  connection: (['sandbox', 'testDrive', 'production', 'custom'] as const).flatMap((environment) => [true, false].flatMap((active) => [true, false].map((readOnly) =>
    ({ ...at, kind: 'connection' as const, active, record: { id: 'c', label: 'C', environment, baseUrl: '', readOnly, store: 'none' as const, createdAt: 0 } })))),
  customers: [{ ...at, kind: 'customers' }, { ...at, kind: 'customers', search: 'dana' }],
  institutions: [{ ...at, kind: 'institutions' }, { ...at, kind: 'institutions', search: 'fin' }],
  appRegistrations: [{ ...at, kind: 'appRegistrations' }],
  customerType: [{ ...at, kind: 'customerType', type: 'testing' }, { ...at, kind: 'customerType', type: 'active' }],
  customer: ['testing', 'active', undefined].map((type) => ({ ...own, kind: 'customer' as const, data: { type } })),
  accounts: [{ ...own, kind: 'accounts' }],
  reports: [{ ...own, kind: 'reports' }],
  consumer: [{ ...own, kind: 'consumer' }],
  business: [{ ...own, kind: 'business' }],
  transactions: [{ ...own, kind: 'transactions' }],
  consumerRecord: [{ ...own, kind: 'consumerRecord', recordId: 'r', data: {} }],
  businessRecord: [{ ...own, kind: 'businessRecord', recordId: 'r', data: {} }],
  institutionLogin: levels.map((level) => ({ ...own, kind: 'institutionLogin' as const, institutionId: '1', institutionLoginId: '2', state: state(level), accountCount: 1, data: {} })),
  account: levels.map((level) => ({ ...own, kind: 'account' as const, accountId: '8', state: state(level), data: {} })),
  report: ['inProgress', 'success', 'failure'].map((status) => ({ ...own, kind: 'report' as const, reportId: 'r', title: 'Report', data: { status } })),
  accountTransactions: [{ ...own, kind: 'accountTransactions', accountId: '8' }],
  accountStatements: [{ ...own, kind: 'accountStatements', accountId: '8' }],
  accountSubscriptions: [{ ...own, kind: 'accountSubscriptions', accountId: '8' }],
  statement: [{ ...own, kind: 'statement', accountId: '8', index: 1, month: '2026-01', data: {} }],
  subscription: [{ ...own, kind: 'subscription', accountId: '8', subscriptionId: 's', data: {} }],
  customerStatements: [{ ...own, kind: 'customerStatements' }],
  customerSubscriptions: [{ ...own, kind: 'customerSubscriptions' }],
  consents: [{ ...own, kind: 'consents' }],
  consent: ['ACTIVE', 'INACTIVE'].map((status) => ({ ...own, kind: 'consent' as const, consentReceiptId: 'c', data: { statusDetails: { status } } })),
  consentInstitution: ['ACTIVE', 'REVOKED', 'EXPIRED'].map((status) => ({ ...own, kind: 'consentInstitution' as const, consentReceiptId: 'c', institutionLoginId: '2', data: { statusDetails: { status } } })),
  authorization: [{ ...own, kind: 'authorization', institutionId: '1', institutionLoginId: '2' }],
  authorizationRecord: [{ ...own, kind: 'authorizationRecord', institutionLoginId: '2', data: {} }],
  transfers: [{ ...own, kind: 'transfers' }],
  depositSwitches: [{ ...own, kind: 'depositSwitches' }],
  billPaySwitches: [{ ...own, kind: 'billPaySwitches' }],
  depositSwitch: ['processing', 'completed', 'failed', 'other'].map((status) => ({ ...own, kind: 'depositSwitch' as const, switchId: 's', data: { status } })),
  billPaySwitch: [{ ...own, kind: 'billPaySwitch', switchId: 's', data: { status: 'completed' } }],
  microDeposits: [{ ...own, kind: 'microDeposits' }],
  microDeposit: ['Pending', 'Completed', 'Verified', 'Rejected', 'Returned', 'Failed', 'Expired', 'Other'].map((status) => ({ ...own, kind: 'microDeposit' as const, depositAccountId: '8', data: { status } })),
  webhookSubscriptions: [{ ...at, kind: 'webhookSubscriptions' }],
  webhookSubscription: ['active', 'inactive', 'pending', 'removed', 'other'].map((status) => ({ ...at, kind: 'webhookSubscription' as const, webhookSubscriptionId: 'w', data: { status } })),
  webhookEvent: ['active', 'inactive', 'pending', 'removed', 'other'].map((status) => ({ ...at, kind: 'webhookEvent' as const, webhookSubscriptionId: 'w', webhookEventId: 'e', data: { status } })),
  connect: [{ ...at, kind: 'connect' }],
  experiences: [{ ...at, kind: 'experiences' }],
  experienceApp: [{ ...at, kind: 'experienceApp', appName: 'Budget' }],
  experience: [{ ...at, kind: 'experience', appName: 'Budget', experienceId: 'x', data: {} }],
  configurations: [{ ...at, kind: 'configurations' }],
  configuration: [{ ...at, kind: 'configuration', configurationId: 'x', data: {} }],
  thirdPartyAccess: [{ ...at, kind: 'thirdPartyAccess' }],
  thirdPartyKey: [{ ...own, kind: 'thirdPartyKey', receiptId: 'cr_1', grant: { id: 'cr_1', customerId: '7', products: [], accounts: 1, notedAt: 0 } }],
  institution: [{ ...at, kind: 'institution', institutionId: '1', data: {} }, { ...at, kind: 'institution', institutionId: '1', data: { oauthEnabled: true } }],
  appRegistration: [{ ...at, kind: 'appRegistration', preAppId: '1', data: { status: 'A' } }],
  more: [{ ...at, kind: 'more', of: 'c', shown: 25 }],
  empty: [{ ...at, kind: 'empty', of: 'c', text: 'None' }, { ...at, kind: 'empty', of: 'c', text: 'None', command: 'openBanking.useSandbox' }],
  failed: [{ ...at, kind: 'failed', of: 'c', next: 'all', text: 'Failed', detail: 'Why' }],
};
const nodes: ExplorerNode[] = Object.values(rows).flat();
const view = (node: ExplorerNode) => describeNode(node, { now: 0, locale: 'en-US' });

/** The Operations view's rows: every family and operation, starred or not, and those of a search. */
const favourites = [catalogue[0]!.operationId];
/** Its request files: readable, broken, in folders, more than are listed. */
const files = [{ uri: 'file:///w/a.obreq.json', folder: '', name: 'a', entry: catalogue[0]! }, { uri: 'file:///w/b.obreq.json', folder: 'b', name: 'b', problem: 'Cut.' }];
const collections = { folders: [{ label: 'b', files }], more: true };
const operationRows = [undefined, 'customers', 'no such thing'].flatMap((search) => heads({ catalogue, favourites, recent: favourites, search, ...(search === undefined && { collections }) }))
  .flatMap((row) => [row, ...membersOf(row, favourites), ...(row.kind === 'collections' ? [...collectionRows(row), ...requestRows(files)] : [])]);
/** The History view's rows: a day, calls of every outcome, one of an operation that this version does not know, and more of a day. */
const call = (change: Partial<HistoryEntry>): HistoryEntry => ({
  id: 'a-1', connectionId: 'c', time: 0, operationId: 'GetCustomer', origin: 'tree', outcome: 'ok', status: 200, durationMs: 1, attempts: 1, billable: false, parameters: {}, left: [], ...change,
});
const calls = [call({}), call({ status: 203 }), call({ outcome: 'failed', status: 404 }), call({ outcome: 'refused', status: undefined }), call({ outcome: 'cancelled', status: undefined }), call({ operationId: 'GetTheMoon' })];
const historyRows: HistoryRow[] = [...days(calls), ...calls.map((entry): HistoryRow => ({ kind: 'call', entry })), { kind: 'more', day: '1970-01-01', shown: 100, total: 300 }];
const historyViews = historyRows.map((row) => describeCallRow(row, { now: 0, labelOf: (id) => id, mixed: false }));
/** The Jobs view's rows: reports and calls in every state, finished ones that looking again says nothing new of, and one without a customer. */
const jobStates: readonly JobState[] = ['running', 'done', 'failed', 'cancelled', 'gaveUp', 'interrupted'];
const ofJobs = { connectionId: 'c', owner: 'w', startedAt: 0, customerId: '7' };
const report = { ...ofJobs, kind: 'report', reportId: 'r', operationId: 'GenerateVOAReport', listed: true, looks: 0, nextLookAt: 0, giveUpAt: 0 } as const;
const jobs: Job[] = jobStates.flatMap((state, n): Job[] => [{ ...report, id: `r${n}`, state }, { ...ofJobs, kind: 'call', id: `c${n}`, state, operationId: 'RefreshCustomerAccounts' }]);
jobs.push({ ...report, id: 'r', state: 'failed', reason: 'report', codes: ['103'] }, { ...report, id: 'x', state: 'running', customerId: undefined, consumerId: 'x' }, { ...ofJobs, kind: 'call', id: 'q', state: 'done', status: 203, operationId: 'RefreshCustomerAccounts' });
const jobViews = jobs.map((job) => describeJob(job, { now: 0, labelOf: (id) => id, mixed: false, words: {} }));
/** What menus match, by view. */
const rowValues: Readonly<Record<string, readonly string[]>> = {
  'openBanking.explorer': nodes.map((node) => view(node).contextValue),
  'openBanking.jobs': [...new Set(jobViews.map(({ contextValue }) => contextValue))],
  'openBanking.history': [...new Set(historyViews.map(({ contextValue }) => contextValue))],
  'openBanking.operations': [...new Set(operationRows.map((row) => describeRow(row).contextValue))],
};

/** Whether an item of a tree's menu shows on a row. Knows the few forms that the manifest uses, and says so of any other. */
function shows(when: string, contextValue: string, viewId = 'openBanking.explorer'): boolean {
  return when.split(' && ').every((clause) => {
    const named = /^view == (openBanking\.\w+)$/.exec(clause)?.[1];
    if (named !== undefined) return named === viewId;
    const [, no, pattern] = /^(!\()?viewItem =~ \/(.*)\/\)?$/.exec(clause) ?? [];
    if (pattern === undefined) throw new Error(`This test cannot read the clause "${clause}"`);
    return new RegExp(pattern).test(contextValue) !== (no !== undefined);
  });
}
const rowsOf = (command: string): ExplorerNode[] => menus['view/item/context']!.filter((item) => item.command === command)
  .flatMap(({ when = '' }) => nodes.filter((node) => shows(when, view(node).contextValue)));

describe('commands', () => {
  test('every contributed one is registered once, and the reverse', () => {
    expect([...registered].sort()).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('what registers them takes their ids from the manifest, and nothing else registers any', () => {
    const places = [...sources].filter(([, text]) => text.includes('registerCommand(')).map(([name]) => name);
    expect(places).toEqual(['standIns.ts']);
  });

  test('whatever the code runs, offers as a button or puts behind a row exists', () => {
    const named = [
      ...found(all, /executeCommand\(\s*'(openBanking\.[\w.]+)'/g), ...found(all, /\bcommand: (?:\{ id: )?'(openBanking\.[\w.]+)'/g),
      ...found(all, /\bid: '(openBanking\.[\w.]+)', title:/g), ...found(contributes.viewsWelcome.map(({ contents }) => contents).join('\n'), /command:([\w.]+)/g),
    ];
    expect(named.length).toBeGreaterThan(20);
    // The editor makes a focus command of each view.
    const known = new Set([...ids, ...contributes.views.openBanking.map(({ id }) => `${id}.focus`)]);
    expect([...new Set(named)].filter((id) => !known.has(id))).toEqual([]);
  });

  test('titles are in one style: the category apart, an ellipsis where something is asked first', () => {
    for (const { title, category } of contributes.commands) {
      expect(category).toBe('Open Banking');
      expect(title).not.toMatch(/\.\.\.|\.$|^Open Banking/);
    }
  });
});

describe('the command palette', () => {
  test('offers no command that does nothing without a row of the tree', () => {
    const blocks = ['tree/commands.ts', 'tree/operations/commands.ts'].flatMap((name) => sources.get(name)!.split(/^ {2}(?='openBanking\.)/m).slice(1).map((block) => block.split(/^};/m)[0]!));
    const wantRow = blocks.filter((block) => /node && |\(!node\)|node\?\.kind ===/.test(block)).flatMap((block) => found(block, /^'(openBanking\.\w+)'/g));
    const hidden = [...palette].filter(([, when]) => when === 'false').map(([command]) => command);
    const ofAJob = ['openJob', 'openJobPdf', 'lookAtJobNow', 'cancelJob', 'generateJobAgain', 'showJobInExplorer', 'forgetJob'].map((name) => `openBanking.${name}`);
    const ofACall = ['openHistoryEntry', 'runHistoryAgain', 'editHistoryRequest', 'copyHistoryOperation', 'showHistoryOfOperation', 'loadMoreHistory'].map((name) => `openBanking.${name}`);
    const ofAFile = ['openRequestAsText', 'revealRequestFile', 'openPdfFile'].map((name) => `openBanking.${name}`);
    expect(wantRow.length).toBeGreaterThan(5);
    expect([...hidden].sort()).toEqual([...wantRow, 'openBanking.deleteInstitutionLogin', 'openBanking.runOperationHere', ...ofACall, ...ofAJob, ...ofAFile].sort());
  });

  test('a command that is hidden there can be reached from a row', () => {
    const fromRow = new Set([...[...menus['view/item/context']!, ...(menus['explorer/context'] ?? [])].map(({ command }) => command), ...nodes.map((node) => view(node).command?.id), ...historyViews.map(({ command }) => command?.id)]);
    expect([...palette].filter(([command, when]) => when === 'false' && !fromRow.has(command))).toEqual([]);
  });

  test('context keys of our own that clauses read are set by the code', () => {
    const clauses = [...Object.values(menus).flat().map(({ when }) => when ?? ''), ...contributes.keybindings.map(({ when }) => when), ...commands.map(({ enablement }) => enablement ?? '')];
    const keys = clauses.flatMap((when) => found(when.replaceAll(/'[^']*'|== \S+/g, ''), /\b(openBanking\.\w+)/g));
    expect(keys.length).toBeGreaterThan(0);
    expect([...new Set(keys)].filter((key) => !all.includes(`'setContext', '${key}'`))).toEqual([]);
  });
});

describe('menus', () => {
  test('name only commands that exist', () => {
    const named = [...Object.values(menus).flat(), ...contributes.keybindings].map(({ command }) => command);
    expect([...new Set(named)].filter((command) => !ids.includes(command))).toEqual([]);
  });

  test('every item of the tree shows on at least one kind of row, and none on all', () => {
    for (const { command, when = '' } of menus['view/item/context']!) {
      const viewId = Object.keys(rowValues).find((id) => when.includes(`view == ${id}`))!;
      const values = rowValues[viewId]!;
      const on = values.filter((value) => shows(when, value, viewId));
      expect(on.length, `${command} when ${when}`).toBeGreaterThan(0);
      expect(on.length, `${command} when ${when}`).toBeLessThan(values.length);
    }
  });

  test('an item stands once in each group of a row\'s menu, and inline ones have an icon', () => {
    for (const [viewId, values] of Object.entries(rowValues)) for (const value of values) {
      const items = menus['view/item/context']!.filter(({ when = '' }) => shows(when, value, viewId));
      for (const inline of [true, false]) {
        const part = items.filter(({ group = '' }) => group.startsWith('inline') === inline).map(({ command }) => command);
        expect(part, value).toEqual([...new Set(part)]);
      }
    }
    for (const [place, items] of Object.entries(menus)) for (const { command, group = '' } of items)
      if (group.startsWith('inline') || (group.startsWith('navigation') && place !== 'commandPalette')) expect(commands.find((one) => one.command === command)?.icon, command).toBeDefined();
  });

  test('opening, copying and transactions are offered exactly where there is something to open or copy', () => {
    const kinds = (list: readonly ExplorerNode[]): string[] => [...new Set(list.map(({ kind }) => kind))].sort();
    expect(kinds(rowsOf('openBanking.openAsJson'))).toEqual(kinds(nodes.filter((node) => documentOf(node) !== undefined && node.kind !== 'statement')));
    expect(kinds(rowsOf('openBanking.copyUri'))).toEqual(kinds(nodes.filter((node) => documentOf(node) !== undefined)));
    expect(kinds(rowsOf('openBanking.copyId'))).toEqual(kinds(nodes.filter((node) => idOf(node) !== undefined)));
    expect(rowsOf('openBanking.openTransactions').filter((node) => transactionsOf(node) === undefined)).toEqual([]);
    expect(rowsOf('openBanking.open').filter((node) => !view(node).opens)).toEqual([]);
  });

  test('a PDF is offered on finished reports and on nothing else', () => {
    expect([...new Set(rowsOf('openBanking.openReportPdfOfNode').map((node) => view(node).contextValue))]).toEqual(['report;success']);
  });

  test('what is done to a customer is offered on every customer, whatever the API says of its type', () => {
    for (const command of ['generateReport', 'createConsumer', 'refreshAccounts', 'modifyCustomer', 'deleteCustomer', 'openReportById'])
      expect(rowsOf(`openBanking.${command}`).filter(({ kind }) => kind === 'customer'), command).toHaveLength(rows.customer.length);
    expect(rowsOf('openBanking.addFinBankAccounts').filter(({ kind }) => kind === 'customer').map((node) => view(node).contextValue)).toEqual(['customer;testing']);
  });
});

describe('icons', () => {
  const font = read('node_modules/@vscode/codicons/dist/codicon.css');
  const isCodicon = (name: string): boolean => font.includes(`.codicon-${name.replace(/~spin$/, '')}:before`);

  test('those of commands and rows are in the editor\'s own font', () => {
    const names = [...commands.flatMap(({ icon }) => (icon ? [icon.replace(/^\$\((.*)\)$/, '$1')] : [])), ...nodes.map((node) => view(node).icon.id), ...operationRows.map((row) => describeRow(row).icon.id), ...historyViews.map(({ icon }) => icon.id), ...jobViews.map(({ icon }) => icon.id), ...found(all, /\$\(([a-z][a-z~-]*)\)/g)];
    expect([...new Set(names)].filter((name) => !isCodicon(name))).toEqual([]);
  });

  test('those that are files are there', () => {
    const files = [manifest.icon, ...contributes.viewsContainers.activitybar.map(({ icon }) => icon), ...contributes.views.openBanking.map(({ icon }) => icon)];
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});

describe('editors, settings, version', () => {
  test('custom editors have the view types that the code registers', () => {
    const types = found([...sources].filter(([name]) => name.startsWith('webviews/protocol/') || name === 'requests/scheme.ts').map(([, text]) => text).join('\n'), /ViewType = '([\w.]+)'/g);
    expect(contributes.customEditors.map(({ viewType }) => viewType).sort()).toEqual(types.sort());
  });

  test('every setting belongs to the machine, is read by the code, and is ours by name', () => {
    for (const [name, { scope }] of Object.entries(contributes.configuration.properties)) {
      expect(name).toMatch(/^openBanking\./);
      expect(scope, name).toBe('machine');
      expect(all, name).toContain(`'${name.replace(/^openBanking\./, '')}'`);
    }
  });

  test('the version is the changelog\'s newest, and the sandbox\'s', () => {
    expect(/^## (\d+\.\d+\.\d+)/m.exec(read('CHANGELOG.md'))?.[1]).toBe(manifest.version);
    expect(sandboxVersion).toBe(manifest.version);
  });
});
