// Which editor opens for which document, by its URI, by a command and by a node of the tree.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { dana, until } from './sandboxWorld.ts';

const reportViewer = 'openBanking.reportViewer';
const pdfViewer = 'openBanking.pdfViewer';

/** How each tab shows the document: the view type of its custom editor, or `text`. */
const shown = (uri: vscode.Uri): string[] => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).flatMap(({ input }) => {
  if (input instanceof vscode.TabInputCustom && input.uri.toString() === uri.toString()) return [input.viewType];
  return input instanceof vscode.TabInputText && input.uri.toString() === uri.toString() ? ['text'] : [];
});

const showsAs = (uri: vscode.Uri, ...kinds: string[]) =>
  until(() => `${uri.path} as ${kinds.join(' and ')}, not ${shown(uri).join(' and ')}`, () => shown(uri).sort().join() === [...kinds].sort().join() || undefined);

describe('editors', () => {
  let customerId = '';
  let json: vscode.Uri;
  let pdf: vscode.Uri;
  let node: Record<string, unknown>;

  before(async () => {
    await vscode.workspace.fs.readFile(vscode.Uri.parse('openbanking://sandbox/customers/1.json')).then(undefined, () => {});
    const { id, reports } = await dana();
    customerId = id;
    const reportId = reports.find(({ status, type }) => status === 'success' && type === 'voa')!.id;
    json = vscode.Uri.parse(`openbanking://sandbox/customers/${customerId}/reports/${reportId}.json`);
    pdf = json.with({ path: json.path.replace('.json', '.pdf') });
    node = { kind: 'report', path: `sandbox/customers/${customerId}/reports/${reportId}`, connectionId: 'sandbox', customerId, reportId, title: 'Verification of Assets', data: {} };
  });
  beforeEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('a report opens in the report viewer', async () => {
    await vscode.commands.executeCommand('vscode.open', json);
    await showsAs(json, reportViewer);
  });

  it('its PDF opens in the PDF viewer', async () => {
    await vscode.commands.executeCommand('vscode.open', pdf);
    await showsAs(pdf, pdfViewer);
  });

  it('other resources open as text', async () => {
    const accounts = vscode.Uri.parse(`openbanking://sandbox/customers/${customerId}/accounts.json`);
    await vscode.commands.executeCommand('vscode.open', accounts);
    await showsAs(accounts, 'text');
  });

  it('goes from the viewer to the JSON and the PDF beside it, and back', async () => {
    await vscode.commands.executeCommand('vscode.openWith', json, reportViewer);
    await showsAs(json, reportViewer);
    await vscode.commands.executeCommand('openBanking.openReportJson');
    await showsAs(json, reportViewer, 'text');
    await vscode.commands.executeCommand('openBanking.openReportPdf');
    await showsAs(pdf, pdfViewer);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('openBanking.openReportView', pdf);
    await showsAs(json, reportViewer);
  });

  it('a node of the tree opens as its document, and as JSON when asked', async () => {
    await vscode.commands.executeCommand('openBanking.open', node);
    await showsAs(json, reportViewer);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('openBanking.openAsJson', node);
    await showsAs(json, 'text');
    await vscode.commands.executeCommand('openBanking.openTransactions', { ...node, kind: 'transactions' });
    await showsAs(vscode.Uri.parse(`openbanking://sandbox/customers/${customerId}/transactions.json`), 'openBanking.transactionsViewer');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('openBanking.openAsJson', { ...node, kind: 'transactions' });
    await showsAs(vscode.Uri.parse(`openbanking://sandbox/customers/${customerId}/transactions.json`), 'text');
  });

  it('commands for a report do nothing to a tab that is none', async () => {
    const accounts = vscode.Uri.parse(`openbanking://sandbox/customers/${customerId}/accounts.json`);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(accounts));
    await vscode.commands.executeCommand('openBanking.openReportPdf');
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.deepEqual(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 1);
  });
});
