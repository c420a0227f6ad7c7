// The rows of the explorer's Customers branch, known beforehand.
const vscode = require('vscode');

const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
const customers = Array.from({ length: 25 }, (_, n) => ({ label: `Customer ${n}`, description: `cust-${String(n).padStart(6, '0')}`, icon: 'person', state: Collapsed, children: [] }));
const root = [{ label: 'Constants', icon: 'organization', state: Collapsed, children: [{ label: 'Testing', icon: 'beaker', state: Expanded, children: customers }] }];

exports.activate = () => {
  vscode.window.createTreeView('plainTree.view', {
    treeDataProvider: {
      getChildren: (node) => (node ? node.children : root),
      getTreeItem({ label, description, icon, state }) {
        const item = new vscode.TreeItem(label, state);
        return Object.assign(item, { id: label, description, tooltip: new vscode.MarkdownString(label), iconPath: new vscode.ThemeIcon(icon), accessibilityInformation: { label } });
      },
    },
  });
};
