// The API description itself: what every file under api/ owes the catalogue, the forms and the sandbox that are made from it.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Node = Record<string, Json>;
interface Operation {
  id: string;
  file: string;
  path: string;
  method: string;
  /** The operation itself, and the parameters of its path item beside its own. */
  node: Node;
  parameters: { node: Node; file: string }[];
}

const folder = join(import.meta.dirname, '../../api');
const files = new Map<string, Node>(
  readdirSync(folder).filter((name) => name.endsWith('.yaml')).map((name) => [name, parse(readFileSync(join(folder, name), 'utf8')) as Node]),
);
const root = files.get('openapi.yaml') ?? {};
const families = [...files].filter(([name, document]) => name !== 'openapi.yaml' && document['paths'] !== undefined);

const isNode = (value: Json | undefined): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const asNode = (value: Json | undefined): Node => (isNode(value) ? value : {});
const asList = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
const pointer = (path: string): string => path.replaceAll('~', '~0').replaceAll('/', '~1');

/** Follows `$ref`s through the files; an unknown target is undefined. */
function resolve(value: Json | undefined, file: string): { node: Node; file: string } | undefined {
  if (!isNode(value)) return undefined;
  const ref = value['$ref'];
  if (typeof ref !== 'string') return { node: value, file };
  const [target = '', fragment = ''] = ref.split('#');
  const at = target || file;
  let found: Json | undefined = files.get(at);
  for (const key of fragment.split('/').slice(1)) found = asNode(found)[key.replaceAll('~1', '/').replaceAll('~0', '~')];
  return resolve(found, at);
}

const methods = ['get', 'post', 'put', 'delete', 'patch'];
const operations: Operation[] = families.flatMap(([file, document]) =>
  Object.entries(asNode(document['paths'])).flatMap(([path, item]) =>
    methods.filter((method) => asNode(item)[method]).map((method) => {
      const node = asNode(asNode(item)[method]);
      const parameters = [...asList(asNode(item)['parameters']), ...asList(node['parameters'])].map((parameter) => {
        const found = resolve(parameter, file);
        if (!found) throw new Error(`${file} ${method} ${path} names a parameter that is nowhere: ${JSON.stringify(parameter)}`);
        return found;
      });
      return { id: String(node['operationId']), file, path, method, node, parameters };
    }),
  ),
);
const text = (value: Json | undefined): string => (typeof value === 'string' ? value.trim() : '');

/** Every object in a file, with where it stands. Examples hold data, not description. */
function* nodesOf(value: Json, where: string): Generator<{ node: Node; where: string }> {
  if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* nodesOf(item, `${where}/${i}`);
  if (!isNode(value)) return;
  yield { node: value, where };
  for (const [key, item] of Object.entries(value)) if (key !== 'examples' && key !== 'example') yield* nodesOf(item, `${where}/${key}`);
}

// The operations of the families that are described whole, by family, as the public description of 1.42.0 has them.
const expected: Record<string, string> = {
  'authentication.yaml': 'CreateToken ModifyPartnerSecret',
  'customers.yaml': 'AddCustomer AddTestingCustomer DeleteCustomer GetCustomer GetCustomers GetCustomerWithAppData ModifyCustomer',
  'consumers.yaml': 'CreateConsumer GetConsumer GetConsumerForCustomer ModifyConsumer',
  'businesses.yaml': 'AddBusinessDetails GetBusinessByCustomer GetBusinessById UpdateBusiness',
  'institutions.yaml': `GetCertifiedInstitutions GetCertifiedInstitutionsWithRSSD GetInstitution GetInstitutionBranding GetInstitutions
    GetInstitutionsByRoutingNumber`,
  'appRegistration.yaml': `GetAppRegistrationStatus MigrateInstitutionLoginAccounts ModifyAppRegistration RegisterApp SetCustomerAppID
    getApplications getRegisteredInstitutions`,
  'accounts.yaml': `DeleteCustomerAccount DeleteCustomerAccountsByInstitutionLogin GetCustomerAccount GetCustomerAccounts
    GetCustomerAccountsByInstitution GetCustomerAccountsByInstitutionLogin RefreshCustomerAccounts RefreshCustomerAccountsV2
    RefreshCustomerAccountsByInstitutionLogin RefreshCustomerAccountsByInstitutionLoginV2`,
  'accountsSimple.yaml': `GetCustomerAccountSimple GetCustomerAccountsByInstitutionLoginSimple GetCustomerAccountsByInstitutionSimple
    GetCustomerAccountsSimple`,
  'transactions.yaml': `GenerateTransactionsReport GetAllCustomerTransactions GetCustomerAccountTransactions GetCustomerTransaction
    GetRecurringTransactions GetTransactionByUniqueTransactionId LoadHistoricTransactionsForCustomerAccount getTransactionRefreshStatus
    refreshTransactions`,
  'statements.yaml': 'GenerateStatementReport GetAssetByCustomerID GetCustomerAccountMultipleStatement GetCustomerAccountStatement',
  'verifyAssets.yaml': `GeneratePrequalificationCRAReport GeneratePrequalificationNonCRAReport GenerateVOAReport
    GenerateVOAWithIncomeReport`,
  'cashFlow.yaml': 'GenerateCashFlowBusinessReport GenerateCashFlowPersonalReport',
  'reportRetrieval.yaml': `GetReportByConsumer GetReportByCustomer GetReportById GetReportsByConsumerId GetReportsByCustomerId ReportReissue
    getResellerBillingReport`,
  'portfolios.yaml': 'GetPortfolioByConsumer GetPortfolioByCustomer GetPortfolioByPathParamPortFolioID',
  'txpush.yaml': `CreateTxPushTestTransaction DeleteTxPushSubscription DisableTxPushNotifications SubscribeToTxPushNotifications`,
};
const words = (list: string): string[] => list.split(/\s+/);

test('the families described whole hold all 77 operations of theirs', () => {
  expect(Object.values(expected).flatMap(words)).toHaveLength(77);
  const missing = Object.entries(expected).flatMap(([file, ids]) =>
    words(ids).filter((id) => !operations.some((o) => o.id === id && o.file === file)).map((id) => `${file}: ${id}`));
  expect(missing).toEqual([]);
});

test('every path of every family is in the root, under its own name, and the root names nothing else', () => {
  const named = Object.entries(asNode(root['paths'])).map(([path, item]) => `${path} -> ${text(asNode(item)['$ref'])}`);
  const described = families.flatMap(([file, document]) =>
    Object.keys(asNode(document['paths'])).map((path) => `${path} -> ${file}#/paths/${pointer(path)}`));
  expect(named.toSorted()).toEqual(described.toSorted());
});

test('operation ids are unique', () => {
  const ids = operations.map((o) => o.id);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
});

test('every operation has a summary and a tag that the root describes', () => {
  const tags = new Set(asList(root['tags']).map(asNode).filter((tag) => text(tag['description']) !== '').map((tag) => text(tag['name'])));
  const wrong = operations.flatMap((o) => {
    const unknown = asList(o.node['tags']).map(text).filter((tag) => !tags.has(tag));
    return [
      ...(text(o.node['summary']) ? [] : [`${o.id}: no summary`]),
      ...(asList(o.node['tags']).length ? [] : [`${o.id}: no tag`]),
      ...unknown.map((tag) => `${o.id}: tag "${tag}"`),
    ];
  });
  expect(wrong).toEqual([]);
});

test('every operation carries its SDK name, as tag.method, or says that it is newer than the SDK', () => {
  const wrong = operations.filter((o) => {
    const names = [o.node['x-sdk-name'] ?? []].flat();
    if (names.length === 0) return o.node['x-since'] === undefined && o.node['x-undocumented'] !== true;
    return !names.every((name) => typeof name === 'string' && /^[a-z][a-z_]*(\(simple\))?\.[a-z][a-z0-9_]*$/.test(name));
  });
  expect(wrong.map((o) => o.id)).toEqual([]);
  const names = operations.flatMap((o) => [o.node['x-sdk-name'] ?? []].flat());
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

test('every parameter has a description, and path parameters are those of the path', () => {
  const undescribed = operations.flatMap((o) => o.parameters
    .filter(({ node, file }) => !text(node['description']) && !text(resolve(node['schema'], file)?.node['description']))
    .map(({ node }) => `${o.id}: ${text(node['name'])}`));
  expect(undescribed).toEqual([]);
  for (const o of operations) {
    const inPath = [...o.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    const described = o.parameters.filter(({ node }) => node['in'] === 'path').map(({ node }) => node['name']);
    expect(described.toSorted(), `path parameters of ${o.id}`).toEqual(inPath.toSorted());
  }
});

test('every property has a description', () => {
  const undescribed = [...files].flatMap(([file, document]) => [...nodesOf(document, file)].flatMap(({ node, where }) =>
    // An object under a property that is itself called "properties" is not a schema's list of them; none is called so.
    where.endsWith('/properties') || !isNode(node['properties']) ? [] : Object.entries(node['properties'])
      .filter(([, property]) => !text(asNode(property)['description']) && !text(resolve(property, file)?.node['description']))
      .map(([name]) => `${where}/${name}`)));
  expect(undescribed).toEqual([]);
});

test('every $ref leads somewhere', () => {
  const lost = [...files].flatMap(([file, document]) => [...nodesOf(document, file)]
    .filter(({ node }) => typeof node['$ref'] === 'string' && !resolve(node, file)).map(({ node, where }) => `${where}: ${text(node['$ref'])}`));
  expect(lost).toEqual([]);
});

test('every x- field in use is one that api/README.md explains', () => {
  const table = readFileSync(join(folder, 'README.md'), 'utf8').split('\n').filter((line) => line.startsWith('| `x-'));
  const known = new Set(table.flatMap((line) => [...(line.split(' | ')[0] ?? '').matchAll(/`(x-[a-z-]+)/g)].map((match) => match[1])));
  expect(known.size).toBeGreaterThan(15);
  const used = [...files].flatMap(([file, document]) => [...nodesOf(document, file)].flatMap(({ node, where }) =>
    Object.keys(node).filter((key) => key.startsWith('x-') && !where.endsWith('/properties')).map((key) => ({ key, where }))));
  expect(used.filter(({ key }) => !known.has(key))).toEqual([]);
});

test('x- fields of operations hold values that the catalogue knows', () => {
  const allowed: Record<string, (value: Json) => boolean> = {
    'x-billable': (v) => typeof v === 'boolean',
    'x-destructive': (v) => text(v).length > 10,
    'x-automation': (v) => v === 'forbidden',
    'x-timeout': (v) => typeof v === 'number' && v > 0,
    'x-fcra': (v) => v === 'always' || v === 'conditional',
    'x-needs': (v) => asList(v).length > 0 && asList(v).every((need) => need === 'consumer' || need === 'business'),
    'x-paging': (v) => ['record', 'page', 'offset'].includes(text(asNode(v)['by'])) && text(asNode(v)['items']) !== '',
    'x-data-access-tiers': (v) => v === 'only' || v === 'never',
    'x-since': (v) => /^>?\d+\.\d+\.\d+$/.test(text(v)),
    ...Object.fromEntries(['x-live-institution', 'x-mfa', 'x-testing-only', 'x-sends-mail', 'x-moves-money', 'x-fires-webhooks', 'x-pii',
      'x-undocumented'].map((key) => [key, (v: Json) => v === true])),
  };
  const wrong = operations.flatMap((o) => Object.entries(allowed)
    .filter(([key, holds]) => o.node[key] !== undefined && !holds(o.node[key])).map(([key]) => `${o.id} ${key}: ${JSON.stringify(o.node[key])}`));
  expect(wrong).toEqual([]);
});

test('a paged list names its array and has the parameters to page by', () => {
  for (const o of operations.filter((each) => each.node['x-paging'] !== undefined)) {
    const names = o.parameters.map(({ node }) => text(node['name']));
    expect(names.some((name) => ['start', 'page', 'offset'].includes(name)), `${o.id} has where to start`).toBe(true);
    expect(names.some((name) => ['limit', 'pageSize', 'size'].includes(name)), `${o.id} has a page size`).toBe(true);
    const ok = resolve(asNode(o.node['responses'])['200'], o.file);
    const media = asNode(asNode(ok?.node['content'])['application/json']);
    const schema = resolve(media['schema'], ok?.file ?? o.file);
    const items = text(asNode(o.node['x-paging'])['items']);
    expect(Object.keys(asNode(schema?.node['properties'])), o.id).toContain(items);
  }
});

test('only the two calls about credentials do without a token', () => {
  const keyOnly = operations.filter((o) => o.node['security'] !== undefined);
  expect(keyOnly.map((o) => o.id).toSorted()).toEqual(['CreateToken', 'ModifyPartnerSecret']);
  for (const o of keyOnly) expect(o.node['security']).toEqual([{ AppKey: [] }]);
  expect(root['security']).toEqual([{ AppKey: [], AppToken: [] }]);
});
