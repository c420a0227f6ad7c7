// Opens a report in its viewer, or as PDF.
import * as vscode from 'vscode';
import { documentUri } from '../../documents/documentUri.ts';

/** `purpose` is the permissible purpose of reading it, where the connection's own is not known. */
export async function openReport(connectionId: string, customerId: string, reportId: string, form: 'json' | 'pdf' = 'json', purpose?: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', documentUri(connectionId, { kind: 'report', customerId, reportId, form }, purpose === undefined ? {} : { purpose }));
}
