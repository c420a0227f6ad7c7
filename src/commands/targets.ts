// Whose it is: from the node a command was run on, or picked by searching the API. Every picker can be turned away (undefined).
import type { Connections } from '../credentials/connections.ts';
import type { Presentation } from '../platform/presentation.ts';
import type { Sessions } from '../platform/sessions.ts';
import type { ExplorerNode } from '../tree/nodes.ts';
import { customerName } from '../tree/words.ts';
import { pickRows } from './operations/pickId.ts';
import { withProgress } from '../platform/progress.ts';

export interface TargetParts {
  connections: Connections;
  sessions: Sessions;
  presentation: Presentation;
}

export interface CustomerTarget {
  connectionId: string;
  customerId: string;
  /** The customer's name or username, as plain text for messages; the id when nothing else is known, and in presentation mode. */
  name: string;
  type?: 'testing' | 'active';
}

type Customer = { username: string; firstName?: string | null; lastName?: string | null; type: string };

/** The customer that a node belongs to, or one picked by name. */
export async function customerTarget(parts: TargetParts, node: ExplorerNode | undefined, purpose: string): Promise<CustomerTarget | undefined> {
  const connectionId = node?.connectionId ?? parts.connections.active().id;
  if (node && 'customerId' in node) {
    const { client } = await parts.sessions.open(connectionId);
    const known = node.kind === 'customer' ? (node.data as Partial<Customer>) : undefined;
    const customer = known?.username ? (known as Customer)
      : await withProgress('Reading the customer', ({ signal }) => client.call('GetCustomer', { customerId: node.customerId }, { signal, origin: 'command' }));
    return { connectionId, customerId: node.customerId, name: parts.presentation.on ? node.customerId : customerName(customer, node.customerId), type: asType(customer.type) };
  }
  const picked = await pickRows(parts, 'customer', connectionId, {}, { title: purpose });
  if (!picked) return undefined;
  const { value: customerId, record = {} } = picked.rows[0]!;
  return { connectionId, customerId, name: parts.presentation.on ? customerId : customerName(record, customerId), type: asType(record.type) };
}

const asType = (type: unknown): 'testing' | 'active' | undefined => (type === 'testing' || type === 'active' ? type : undefined);
