// Customers: two groups with their counts, each 25 a page, or one flat list while searching. The groups' first pages come with the counts,
// in one request each, so opening Customers costs as much with 100,000 customers as with ten.
import type { Client } from '../../client/types.ts';
import { customerPath, customersPath, customerTypePath, lastId } from '../paths.ts';
import type { ExplorerNode, NodeOf } from '../nodes.ts';
import type { Located, LoadRequest, LoadResult } from '../source.ts';
import { number, record, records, text, truth } from '../wire.ts';
import { asTree, open, window, type Loader, type LoaderParts } from './reading.ts';

type CustomerType = 'testing' | 'active';
const types: readonly CustomerType[] = ['testing', 'active'];

export const loadCustomers: Loader<'customers'> = async (node, request, parts) => {
  const { client } = await open(node, parts);
  const { customerSearch: search, customerType: type } = parts.filters.get(node.connectionId);
  if (search) {
    const result = await customerPage(client, node.connectionId, request, { search, type });
    const empty = [{ text: `No customer matches "${search}"`, detail: 'Usernames, first and last names are searched.', command: 'openBanking.clearCustomerSearch' }];
    return { ...result, empty, summary: `${result.found ?? result.nodes.length} found` };
  }
  const shown = type ? [type] : types;
  const pages = await Promise.all(shown.map((one) => customerPage(client, node.connectionId, { ...request, start: undefined, keep: 0 }, { type: one })));
  const opened = shown.findIndex((_, index) => pages[index]!.nodes.length > 0);
  const nodes = shown.map((one, index): ExplorerNode => ({
    kind: 'customerType', path: customerTypePath(node.connectionId, one), connectionId: node.connectionId, type: one, found: pages[index]!.found, open: index === Math.max(0, opened),
  }));
  const preloaded = new Map(nodes.map((group, index) => [group.path, pages[index]!]));
  const total = pages.reduce((sum, page) => sum + (page.found ?? 0), 0);
  return { nodes, preloaded, summary: pages.every((page) => page.found !== undefined) ? count(total) : undefined };
};

export const loadCustomerType: Loader<'customerType'> = async (node, request, parts) => {
  const { client } = await open(node, parts);
  return customerPage(client, node.connectionId, request, { type: node.type });
};

async function customerPage(client: Client, connectionId: string, request: LoadRequest, query: { search?: string; type?: CustomerType }): Promise<LoadResult> {
  const { start, limit } = window(request);
  const { search, type } = query;
  const body = await client.call('GetCustomers', { start, limit, ...(search && { search }), ...(type && { type }) }, asTree(request));
  const found = records(body, 'customers');
  const nodes = found.map((data) => customerNode(connectionId, data)).filter((node) => node !== undefined);
  const next = truth(record(body).moreAvailable) && found.length > 0 ? start + found.length : undefined;
  const known = number(record(body).found) ?? (next === undefined && start === 1 ? nodes.length : undefined);
  return { nodes, next, found: known, ...(type && { empty: [nobody(type)] }) };
}

const nobody = (type: CustomerType) => (type === 'testing'
  ? { text: 'No testing customers: enroll one', detail: 'Free. A testing customer can link the FinBank test institutions.', command: 'openBanking.enrollTestingCustomer' }
  : { text: 'No active customers: enroll one', detail: 'Billable. An active customer links live institutions; Test Drive plans have none.', command: 'openBanking.enrollActiveCustomer' });

export function customerNode(connectionId: string, data: Record<string, unknown>): NodeOf<'customer'> | undefined {
  const customerId = text(data.id);
  return customerId === undefined ? undefined : { kind: 'customer', path: customerPath(connectionId, customerId), connectionId, customerId, data };
}

/** A customer beyond the loaded pages. */
export async function findCustomer(path: string, signal: AbortSignal, parts: LoaderParts): Promise<Located | undefined> {
  const connectionId = path.split('/', 1)[0]!;
  const { client } = await parts.sessions.open(connectionId);
  const data = record(await client.call('GetCustomer', { customerId: lastId(path) }, { signal, origin: 'tree' }));
  const node = customerNode(connectionId, data);
  if (!node) return undefined;
  const type = data.type === 'active' ? 'active' : 'testing';
  return { node, parent: parts.filters.get(connectionId).customerSearch ? customersPath(connectionId) : customerTypePath(connectionId, type) };
}

const count = (n: number): string => n.toLocaleString('en-US');
