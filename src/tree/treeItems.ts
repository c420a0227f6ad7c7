// A described node as the editor draws it. The only place where a node meets vscode.TreeItem.
import * as vscode from 'vscode';
import { describeNode } from './describe.ts';
import type { ExplorerNode } from './nodes.ts';
import type { DescribeContext, NodeView } from './view.ts';

const states = {
  leaf: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
} as const;

export function toTreeItem(node: ExplorerNode, context: DescribeContext): vscode.TreeItem {
  const view = describeNode(node, context);
  const item = new vscode.TreeItem(view.label, states[view.state]);
  item.id = node.path;
  item.description = view.description;
  item.tooltip = markdown(view.tooltip);
  item.iconPath = new vscode.ThemeIcon(view.icon.id, view.icon.color === undefined ? undefined : new vscode.ThemeColor(view.icon.color));
  item.contextValue = view.contextValue;
  item.accessibilityInformation = { label: view.spoken };
  item.command = commandOf(node, view);
  return item;
}

/** Neither commands nor HTML nor icons can come in by a tooltip: it may hold what other people typed. */
export function markdown(text: string): vscode.MarkdownString {
  const value = new vscode.MarkdownString(text, false);
  value.isTrusted = false;
  value.supportHtml = false;
  return value;
}

function commandOf(node: ExplorerNode, view: NodeView): vscode.Command | undefined {
  if (view.opens) return { command: 'openBanking.open', title: 'Open', arguments: [node] };
  if (!view.command) return undefined;
  const { argument, operationId } = node.kind === 'empty' ? node : { argument: node };
  return { command: view.command.id, title: view.command.title, arguments: operationId !== undefined ? [argument, operationId] : argument === undefined ? [] : [argument] };
}
