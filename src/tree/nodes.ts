// The explorer's nodes as plain records with path ids; describe.ts puts them into words, treeItems.ts into what the editor draws. Free of vscode.
// A path names the resource, not the way to it: sandbox/customers/7200000001/accounts/8100000011. Grouping nodes (a customer type, an
// institution login) never stand in their members' paths, so a customer has one path in a group, in a search and after a switch of type;
// the store knows who hangs under whom. Commands receive a node as their first argument and read from it whose it is.
//
// `viewItem` in menus is `kind;flag;flag` (describe.ts): match it by /^customer(;|$)/, and flags by /;testing/.
import type { AggregationState } from '../api/codes.ts';
import type { ConnectionRecord } from '../credentials/types.ts';
import type { KnownGrant } from './grants.ts';
import type { RememberedId } from './remembered.ts';

interface Base {
  /** Unique in the tree; begins with the connection's id. */
  path: string;
  connectionId: string;
}

/** How well an account is being read, from its aggregationStatusCode, in the words of api/aggregationStatusCodes.yaml. */
export interface AccountState {
  /** Undefined before the first refresh. */
  code?: number;
  /** `new`: not read yet. The others are the table's. */
  level: AggregationState | 'new';
  meaning: string;
  fix: string;
}

/** One member for each kind, so that a kind alone tells a node's fields. */
type Each<K extends string, Fields> = K extends string ? Base & { kind: K } & Fields : never;

export type ExplorerNode =
  | (Base & { kind: 'connection'; record: ConnectionRecord; active: boolean })
  | (Base & { kind: 'customers'; search?: string; type?: 'testing' | 'active' })
  | (Base & { kind: 'institutions'; search?: string; products?: readonly string[] })
  | Each<'appRegistrations' | 'webhookSubscriptions' | 'connect' | 'experiences' | 'configurations' | 'thirdPartyAccess', unknown>
  | (Base & { kind: 'customerType'; type: 'testing' | 'active'; found?: number; open?: boolean })
  | (Base & { kind: 'customer'; customerId: string; data: Record<string, unknown> })
  | Each<'accounts' | 'reports' | 'consumer' | 'business' | 'transactions', { customerId: string; data?: Record<string, unknown> }>
  /** Statements and TxPUSH subscriptions of all accounts, by account. */
  | Each<'customerStatements' | 'customerSubscriptions', { customerId: string }>
  | Each<'consents' | 'transfers' | 'depositSwitches' | 'billPaySwitches' | 'microDeposits', { customerId: string }>
  /** What the consumer and business branches hold when there is one. */
  | Each<'consumerRecord' | 'businessRecord', { customerId: string; recordId: string; data: Record<string, unknown> }>
  | (Base & {
    kind: 'institutionLogin'; customerId: string; institutionId: string; institutionLoginId: string; institutionName?: string;
    /** The worst state among its accounts. */
    state: AccountState; accountCount: number;
    /** The end of the login's id, where the customer has several logins of the same name. */
    shortId?: string; data: Record<string, unknown>;
  })
  | (Base & { kind: 'account'; customerId: string; accountId: string; state: AccountState; institutionName?: string; data: Record<string, unknown> })
  /** `title` is the type in words. */
  | (Base & { kind: 'report'; customerId: string; reportId: string; title: string; data: Record<string, unknown> })
  /** `title` is the account's name, where the branch stands among those of other accounts. */
  | Each<'accountTransactions' | 'accountStatements' | 'accountSubscriptions', { customerId: string; accountId: string; title?: string; data?: Record<string, unknown> }>
  /** `index` counts from 1, the newest; `month` is `YYYY-MM`, counted back from today and not known to the API. */
  | (Base & { kind: 'statement'; customerId: string; accountId: string; index: number; month: string; data: Record<string, unknown> })
  | (Base & { kind: 'subscription'; customerId: string; accountId: string; subscriptionId: string; data: Record<string, unknown> })
  /** The permission at an OAuth institution, and its one record. */
  | (Base & { kind: 'authorization'; customerId: string; institutionId: string; institutionLoginId: string })
  | (Base & { kind: 'authorizationRecord'; customerId: string; institutionLoginId: string; data: Record<string, unknown> })
  | (Base & { kind: 'consent'; customerId: string; consentReceiptId: string; data: Record<string, unknown> })
  | (Base & { kind: 'consentInstitution'; customerId: string; consentReceiptId: string; institutionLoginId: string; data: Record<string, unknown> })
  | Each<'depositSwitch' | 'billPaySwitch', { customerId: string; switchId: string; data: Record<string, unknown> }>
  /** `depositAccountId` is the API's id of the receiving account, which is none of the customer's accounts. */
  | (Base & { kind: 'microDeposit'; customerId: string; depositAccountId: string; data: Record<string, unknown> })
  | (Base & { kind: 'webhookSubscription'; webhookSubscriptionId: string; data: Record<string, unknown> })
  | (Base & { kind: 'webhookEvent'; webhookSubscriptionId: string; webhookEventId: string; data: Record<string, unknown> })
  /** An application and its experiences, which the API lists by its name. */
  | (Base & { kind: 'experienceApp'; appName: string })
  | (Base & { kind: 'experience'; appName: string; experienceId: string; data: Record<string, unknown> })
  | (Base & { kind: 'configuration'; configurationId: string; data: Record<string, unknown> })
  | (Base & { kind: 'thirdPartyKey'; customerId: string; receiptId: string; grant: KnownGrant })
  | (Base & { kind: 'institution'; institutionId: string; data: Record<string, unknown> })
  | (Base & { kind: 'appRegistration'; preAppId: string; data: Record<string, unknown> })
  /** "Load more (25 of 512)". */
  | (Base & { kind: 'more'; of: string; shown: number; found?: number })
  /** An empty branch: says what to do next; `command` does it, with `argument` (a node) and `operationId` when given. */
  | (Base & { kind: 'empty'; of: string; text: string; detail?: string; command?: string; argument?: ExplorerNode; operationId?: string })
  /** A failed branch: what happened and what to do; Retry is its inline action. `next` is what is asked again: all of it, or only the next page. */
  | (Base & { kind: 'failed'; of: string; next: 'all' | 'page'; text: string; detail: string; code?: string });

export type NodeKind = ExplorerNode['kind'];
export type NodeOf<K extends NodeKind> = Extract<ExplorerNode, { kind: K }>;

/** What commands may do with the tree after they changed something. Paths are those of paths.ts. */
export interface ExplorerHandle {
  /** Reads a branch again; what is shown stays until the answer is there. Without a path: everything under the active connection. */
  refresh(path?: string): void;
  /** Opens the branch and selects the node, loading parents as needed. Resolves false when it cannot be found. */
  reveal(path: string): Promise<boolean>;
  /** Drops a node and what is cached below it. */
  remove(path: string): void;
  /**
   * Tells of an operation that was run by hand and succeeded, one that only reads too: what it may have changed is read again, and what the
   * API cannot list (TxPUSH subscriptions, third parties' access, micro-deposits, ids of stored files) is remembered or forgotten by it.
   * `body` is the answer's.
   */
  sent(connectionId: string, operationId: string, input: Readonly<Record<string, unknown>>, body: unknown): Promise<void>;
  /** What the API cannot list and was made or answered from here, newest first. */
  remembered(connectionId: string): readonly RememberedId[];
  /** Everything behind the connection was put back to its beginning: what was remembered of it is no longer so. */
  startedOver(connectionId: string): Promise<void>;
}
