// A node as presentation mode shows it: what its loader read, masked. A person is called by the id then, and an account by what the bank calls
// it (words.ts passes over masks), since rows of dots could not be told apart. Free of vscode.
import { hiddenPart } from '../masking/freeText.ts';
import type { Masker } from '../masking/masker.ts';
import type { ExplorerNode } from './nodes.ts';
import { accountName } from './words.ts';

/** Whose the fields of a node's data are, where they do not say it. */
const about: Partial<Record<ExplorerNode['kind'], string>> = { customer: 'customer', consumerRecord: 'consumer', businessRecord: 'business', account: 'account', institution: 'institution' };

export function maskedNode(node: ExplorerNode, masker: Masker): ExplorerNode {
  if ('data' in node && node.data !== undefined) {
    const data = masker.data(node.data, about[node.kind]);
    // Among the branches of other accounts one is called by its account.
    const title = 'title' in node && node.kind !== 'report' && node.title !== undefined ? { title: masker.text(accountName(data)) } : {};
    return { ...node, data, ...title } as ExplorerNode;
  }
  switch (node.kind) {
    case 'customers': return node.search === undefined ? node : { ...node, search: hiddenPart };
    case 'failed': return { ...node, text: masker.text(node.text), detail: masker.text(node.detail) };
    default: return node;
  }
}
