// The tree's own commands: open, copy, refresh, retry, load more, search and filter. Whatever changes something lives in commands/.
import * as vscode from 'vscode';
import { documentUri } from '../documents/documentUri.ts';
import type { DocumentsHandle } from '../documents/create.ts';
import { resourcePath, type ResourceRef } from '../documents/uris.ts';
import type { Presentation } from '../platform/presentation.ts';
import type { Connections } from '../credentials/connections.ts';
import { documentOf, idOf, transactionsOf } from './documentOf.ts';
import type { ExplorerView } from './explorerView.ts';
import { certifiedProducts, filterableProducts, type FilterBook, type Filters } from './filters.ts';
import type { ExplorerNode } from './nodes.ts';
import { customersPath, customerTypePath, institutionsPath } from './paths.ts';

export interface TreeCommandParts {
  explorer: ExplorerView;
  connections: Pick<Connections, 'active'>;
  filters: FilterBook;
  presentation: Presentation;
  documents?: DocumentsHandle;
}

type Run = (parts: TreeCommandParts, node: ExplorerNode | undefined) => Promise<unknown>;

const open = (node: ExplorerNode, ref: ResourceRef, viewType?: string): Thenable<unknown> => {
  const uri = documentUri(node.connectionId, ref);
  return viewType === undefined ? vscode.commands.executeCommand('vscode.open', uri) : vscode.commands.executeCommand('vscode.openWith', uri, viewType);
};

/** How a document opens when its node is selected. */
const viewers: Partial<Record<ResourceRef['kind'], string>> = { report: 'openBanking.reportViewer', customerTransactions: 'openBanking.transactionsViewer', accountTransactions: 'openBanking.transactionsViewer', statement: 'openBanking.pdfViewer' };

const commands: Record<string, Run> = {
  'openBanking.open': async (_parts, node) => {
    const ref = node && documentOf(node);
    if (ref) await open(node, ref, viewers[ref.kind]);
  },
  'openBanking.openAsJson': async (_parts, node) => {
    const ref = node && documentOf(node);
    if (ref && ref.kind !== 'statement') await open(node, ref, 'default');
  },
  'openBanking.openReportPdfOfNode': async (_parts, node) => {
    if (node?.kind === 'report') await open(node, { kind: 'report', customerId: node.customerId, reportId: node.reportId, form: 'pdf' }, viewers.statement);
  },
  'openBanking.openTransactions': async (_parts, node) => {
    const ref = node && transactionsOf(node);
    if (ref) await open(node, ref, viewers[ref.kind]);
  },
  'openBanking.openBranding': async (_parts, node) => {
    if (node?.kind === 'institution') await open(node, { kind: 'institutionBranding', institutionId: node.institutionId });
  },
  'openBanking.openCustomerApplication': async (_parts, node) => {
    if (node?.kind === 'customer') await open(node, { kind: 'customerApplication', customerId: node.customerId });
  },
  'openBanking.copyId': async (_parts, node) => {
    const id = node && idOf(node);
    if (id === undefined) return;
    await vscode.env.clipboard.writeText(id);
    vscode.window.setStatusBarMessage(`$(check) ${id} copied`, 3000);
  },
  'openBanking.copyUri': async (_parts, node) => {
    const ref = node && documentOf(node);
    if (ref) await vscode.env.clipboard.writeText(documentUri(node.connectionId, ref).toString());
  },
  'openBanking.refreshExplorer': async ({ explorer, connections, documents }) => {
    documents?.renew(connections.active().id);
    await explorer.store.refresh();
  },
  'openBanking.refreshNode': async ({ explorer, documents }, node) => {
    if (!node) return;
    const ref = documentOf(node);
    if (ref) documents?.renew(node.connectionId, resourcePath(ref));
    await explorer.store.refresh(node.path);
  },
  'openBanking.retry': async ({ explorer }, node) => {
    if (node?.kind === 'failed') await explorer.store.retry(node.of);
  },
  'openBanking.loadMore': async ({ explorer }, node) => {
    if (node?.kind === 'more') await explorer.loadMore(node.of);
  },
  'openBanking.searchCustomers': searchCustomers,
  'openBanking.filterCustomers': filterCustomers,
  'openBanking.clearCustomerSearch': async (parts, node) => narrow(parts, connectionOf(parts, node), { customerSearch: undefined, customerType: undefined }, customersPath),
  'openBanking.searchInstitutions': searchInstitutions,
  'openBanking.filterInstitutions': filterInstitutions,
  'openBanking.clearInstitutionFilter': async (parts, node) =>
    narrow(parts, connectionOf(parts, node), { institutionSearch: undefined, institutionProducts: undefined }, institutionsPath),
};

/** The commands by id. Those that read nothing of a node may be run from the palette. */
export const treeCommands = (parts: TreeCommandParts): Record<string, (argument?: unknown) => Promise<unknown>> =>
  Object.fromEntries(Object.entries(commands).map(([id, run]) => [id, (argument?: unknown) => run(parts, isNode(argument) ? argument : undefined)]));

/** A keybinding or a title bar passes something else, or nothing. */
const isNode = (value: unknown): value is ExplorerNode => typeof value === 'object' && value !== null && 'kind' in value && 'connectionId' in value && 'path' in value;
/** Filters are the active connection's; a node of another one keeps its own. */
const connectionOf = ({ connections }: TreeCommandParts, node: ExplorerNode | undefined): string => node?.connectionId ?? connections.active().id;

async function narrow(parts: TreeCommandParts, connectionId: string, change: Filters, branch: (connectionId: string) => string): Promise<void> {
  const { explorer, filters } = parts;
  filters.set(connectionId, change);
  explorer.showFilters();
  const { customerSearch, customerType, institutionSearch, institutionProducts } = filters.get(connectionId);
  explorer.store.update(customersPath(connectionId), { search: customerSearch, type: customerType });
  explorer.store.update(institutionsPath(connectionId), { search: institutionSearch, products: institutionProducts });
  await explorer.store.refresh(branch(connectionId));
}

async function searchCustomers(parts: TreeCommandParts, node: ExplorerNode | undefined): Promise<void> {
  const connectionId = connectionOf(parts, node);
  const text = await vscode.window.showInputBox({
    title: 'Search Customers', prompt: 'The API looks in usernames, first and last names. Empty shows all.', placeHolder: 'A name, a username, or a part of one',
    value: parts.filters.get(connectionId).customerSearch, password: parts.presentation.on,
  });
  if (text === undefined) return;
  await narrow(parts, connectionId, { customerSearch: text.trim() || undefined }, customersPath);
  await parts.explorer.reveal(customersPath(connectionId));
}

async function filterCustomers(parts: TreeCommandParts, node: ExplorerNode | undefined): Promise<void> {
  const connectionId = connectionOf(parts, node);
  const picked = await vscode.window.showQuickPick([
    { label: 'All', type: undefined },
    { label: 'Testing', description: 'free, FinBank test institutions', type: 'testing' as const },
    { label: 'Active', description: 'billable, live institutions', type: 'active' as const },
  ], { title: 'Show Customers of Type' });
  if (!picked) return;
  await narrow(parts, connectionId, { customerType: picked.type }, customersPath);
  // A search shows no groups; else the one that is left is opened, as the editor keeps a row as closed as it was.
  const group = picked.type && !parts.filters.get(connectionId).customerSearch;
  await parts.explorer.reveal(group ? customerTypePath(connectionId, picked.type) : customersPath(connectionId));
}

async function searchInstitutions(parts: TreeCommandParts, node: ExplorerNode | undefined): Promise<void> {
  const connectionId = connectionOf(parts, node);
  const text = await vscode.window.showInputBox({
    title: 'Search Institutions', prompt: 'The API looks in names, and takes near misses. Empty shows all.', placeHolder: 'FinBank',
    value: parts.filters.get(connectionId).institutionSearch,
  });
  if (text === undefined) return;
  await narrow(parts, connectionId, { institutionSearch: text.trim() || undefined }, institutionsPath);
  await parts.explorer.reveal(institutionsPath(connectionId));
}

async function filterInstitutions(parts: TreeCommandParts, node: ExplorerNode | undefined): Promise<void> {
  const connectionId = connectionOf(parts, node);
  const chosen = parts.filters.get(connectionId).institutionProducts ?? [];
  const picked = await vscode.window.showQuickPick(filterableProducts.map((product) => ({ label: certifiedProducts[product]!, description: product, picked: chosen.includes(product) })),
    { title: 'Institutions Certified For', placeHolder: 'All of the chosen products; none shows all institutions', canPickMany: true });
  if (!picked) return;
  await narrow(parts, connectionId, { institutionProducts: picked.length > 0 ? picked.map(({ description }) => description) : undefined }, institutionsPath);
  await parts.explorer.reveal(institutionsPath(connectionId));
}
