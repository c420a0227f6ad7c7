// The explorer's nodes as plain records with path ids; treeItems.ts alone turns them into what the editor draws. Free of vscode.
// A node's `path` starts with its connection's id and grows by its place: sandbox/customers/7200000001/accounts/8100000011.
// Commands receive a node as their first argument and read from it whose it is.

interface Base {
  /** Unique in the tree; a child's path starts with its parent's and a slash. */
  path: string;
  connectionId: string;
}

export type ExplorerNode =
  | (Base & { kind: 'connection' })
  | (Base & { kind: 'customers' | 'institutions' | 'appRegistrations' })
  | (Base & { kind: 'customerType'; type: 'testing' | 'active' })
  | (Base & { kind: 'customer'; customerId: string; data: Record<string, unknown> })
  | (Base & { kind: 'accounts' | 'reports' | 'consumer' | 'business' | 'transactions' | 'statements' | 'subscriptions'; customerId: string; data?: Record<string, unknown> })
  | (Base & { kind: 'institutionLogin'; customerId: string; institutionId: string; institutionLoginId: string; data: Record<string, unknown> })
  | (Base & { kind: 'account'; customerId: string; accountId: string; data: Record<string, unknown> })
  | (Base & { kind: 'report'; customerId: string; reportId: string; data: Record<string, unknown> })
  | (Base & { kind: 'accountTransactions' | 'accountStatements' | 'accountSubscriptions'; customerId: string; accountId: string; data?: Record<string, unknown> })
  | (Base & { kind: 'statement'; customerId: string; accountId: string; index: number; data: Record<string, unknown> })
  | (Base & { kind: 'subscription'; customerId: string; accountId: string; subscriptionId: string; data: Record<string, unknown> })
  | (Base & { kind: 'institution'; institutionId: string; data: Record<string, unknown> })
  | (Base & { kind: 'appRegistration'; preAppId: string; data: Record<string, unknown> })
  /** "Load more (25 of 512)". */
  | (Base & { kind: 'more'; shown: number; found?: number })
  /** An empty branch: says what to do next; `command` does it. */
  | (Base & { kind: 'empty'; text: string; command?: string })
  /** A failed branch: what happened and what to do; Retry is its inline action. */
  | (Base & { kind: 'failed'; text: string; detail: string; code?: string });

export type NodeKind = ExplorerNode['kind'];

/** What commands may do with the tree after they changed something. */
export interface ExplorerHandle {
  /** Reads a branch again; what is shown stays until the answer is there. Without a path: everything under the active connection. */
  refresh(path?: string): void;
  /** Opens the branch and selects the node, loading parents as needed. Resolves false when it cannot be found. */
  reveal(path: string): Promise<boolean>;
  /** Drops a node and what is cached below it. */
  remove(path: string): void;
}
