// Whose it is: from the node a command was run on, or picked by searching the API. Every picker can be turned away (undefined).
import * as vscode from 'vscode';
import type { Client } from '../client/types.ts';
import type { Connections } from '../credentials/connections.ts';
import type { Sessions } from '../platform/sessions.ts';
import type { ExplorerNode } from '../tree/nodes.ts';
import { customerName } from '../tree/words.ts';
import { withProgress } from './progress.ts';

export interface TargetParts {
  connections: Connections;
  sessions: Sessions;
}

export interface CustomerTarget {
  connectionId: string;
  customerId: string;
  /** The customer's name or username, as plain text for messages; the id when nothing else is known. */
  name: string;
  type?: 'testing' | 'active';
}

type Customer = { id: string; username: string; firstName?: string | null; lastName?: string | null; type: string };

/** The customer that a node belongs to, or one picked by name. */
export async function customerTarget(parts: TargetParts, node: ExplorerNode | undefined, purpose: string): Promise<CustomerTarget | undefined> {
  const connectionId = node?.connectionId ?? parts.connections.active().id;
  const { client } = await parts.sessions.open(connectionId);
  if (node && 'customerId' in node) {
    const known = node.kind === 'customer' ? (node.data as Partial<Customer>) : undefined;
    const customer = known?.username ? (known as Customer)
      : await withProgress('Reading the customer', ({ signal }) => client.call('GetCustomer', { customerId: node.customerId }, { signal, origin: 'command' }));
    return { connectionId, customerId: node.customerId, name: customerName(customer, node.customerId), type: asType(customer.type) };
  }
  const picked = await pickCustomer(client, purpose);
  return picked && { connectionId, customerId: picked.id, name: customerName(picked, picked.id), type: asType(picked.type) };
}

const asType = (type: unknown): 'testing' | 'active' | undefined => (type === 'testing' || type === 'active' ? type : undefined);

/** Searches customers while typing, at most one request at a time. */
async function pickCustomer(client: Client, purpose: string): Promise<Customer | undefined> {
  interface Item extends vscode.QuickPickItem { customer?: Customer }
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = purpose;
  pick.placeholder = 'Type a name or a username to search your customers';
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = true;
  let controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const search = (): void => {
    controller.abort();
    controller = new AbortController();
    const { signal } = controller;
    const text = pick.value.trim();
    pick.busy = true;
    client.call('GetCustomers', { ...(text && { search: text }), limit: 50 }, { signal, origin: 'command' }).then(
      (page) => {
        if (signal.aborted) return;
        pick.busy = false;
        const items: Item[] = page.customers.map((customer) => ({
          label: customerName(customer, customer.id), description: `${customer.username} · ${customer.id} · ${customer.type}`, alwaysShow: true, customer: customer as Customer,
        }));
        // The same customers stay as they are drawn: replacing a list takes the click or the selection of a person with it.
        if (items.length > 0 && items.map(({ customer }) => customer?.id).join() === pick.items.map(({ customer }) => customer?.id).join()) return;
        pick.items = items.length > 0 ? items : [{ label: 'No customer found', description: text ? `for "${text}"` : undefined, alwaysShow: true }];
      },
      (error: unknown) => {
        if (signal.aborted) return;
        pick.busy = false;
        pick.items = [{ label: 'The customers could not be read', description: error instanceof Error ? error.message : undefined, alwaysShow: true }];
      },
    );
  };
  return new Promise((resolve) => {
    pick.onDidChangeValue(() => {
      clearTimeout(timer);
      timer = setTimeout(search, 250);
    });
    pick.onDidAccept(() => {
      const customer = pick.selectedItems[0]?.customer;
      if (!customer) return;
      resolve(customer);
      pick.hide();
    });
    pick.onDidHide(() => {
      clearTimeout(timer);
      controller.abort();
      resolve(undefined);
      pick.dispose();
    });
    search();
    pick.show();
  });
}
