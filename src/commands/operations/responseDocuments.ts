// Answers as read-only documents, in memory only: gone with the window. The latest thirty are kept.
import * as vscode from 'vscode';
import type { OperationEntry } from '../../api/catalogue.ts';
import type { ApiResponse } from '../../client/types.ts';
import { shownHeaders } from './shownHeaders.ts';

export const responseScheme = 'openbanking-response';
const kept = 30;

export class ResponseDocuments implements vscode.TextDocumentContentProvider {
  private readonly texts = new Map<string, string>();
  private counter = 0;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.path) ?? 'This answer is no longer in memory: answers are kept until the window closes, thirty at most. Send the request again.';
  }

  async show(entry: OperationEntry, connection: string, answer: ApiResponse): Promise<void> {
    this.counter += 1;
    const path = `/${entry.operationId} ${answer.status} #${this.counter}.json`;
    const { status, durationMs, size, contentType, headers, body } = answer;
    const text = JSON.stringify({ operation: entry.operationId, connection, status, durationMs: Math.round(durationMs), size, contentType, headers: shownHeaders(headers), body: body ?? null }, null, 2);
    this.texts.set(path, text);
    for (const old of this.texts.keys()) if (this.texts.size > kept) this.texts.delete(old);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: responseScheme, path }));
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true });
  }
}
