// The explorer's menu on a PDF file: opens it in the viewer without asking which editor.
import * as vscode from 'vscode';
import { pdfFileViewType } from '../protocol/pdf.ts';

export async function openPdfFile(given: unknown): Promise<void> {
  if (given instanceof vscode.Uri) await vscode.commands.executeCommand('vscode.openWith', given, pdfFileViewType);
}
