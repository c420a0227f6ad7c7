// The commands that go from one form of a report to another. They take a report's URI, or the active tab's when started from the palette.
import * as vscode from 'vscode';
import { pdfViewType } from '../protocol/pdf.ts';
import { reportViewType } from '../protocol/report.ts';
import { parseResourcePath, resourcePath } from '../../documents/uris.ts';

export type ReportForm = 'Json' | 'Pdf' | 'View';

const editors: Readonly<Record<ReportForm, { form: 'json' | 'pdf'; viewType: string; beside: boolean }>> = {
  Json: { form: 'json', viewType: 'default', beside: true },
  Pdf: { form: 'pdf', viewType: pdfViewType, beside: true },
  View: { form: 'json', viewType: reportViewType, beside: false },
};

/** Opens a report's raw JSON or PDF beside, or its viewer in place. */
export async function openReport(form: ReportForm, given: unknown): Promise<void> {
  const uri = given instanceof vscode.Uri ? given : activeUri();
  const report = uri?.scheme === 'openbanking' ? parseResourcePath(uri.path) : undefined;
  if (!uri || report?.kind !== 'report') {
    void vscode.window.showInformationMessage('Open a report first: this command works on the report in the active tab.');
    return;
  }
  const editor = editors[form];
  const target = uri.with({ path: resourcePath({ ...report, form: editor.form }) });
  await vscode.commands.executeCommand('vscode.openWith', target, editor.viewType, editor.beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active);
}

function activeUri(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText ? input.uri : undefined;
}
