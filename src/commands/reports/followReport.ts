// Follows a report to its end with progress, then says so with a way to open it. Cancelling stops the waiting, never the report.
import * as vscode from 'vscode';
import { plainText } from '../../client/plainText.ts';
import type { ReportState } from '../../client/types.ts';
import type { ApiSession, Sessions } from '../../platform/sessions.ts';
import type { ExplorerHandle } from '../../tree/nodes.ts';
import { documentUri } from '../../documents/documentUri.ts';

export interface FollowParts {
  sessions: Sessions;
  explorer: ExplorerHandle;
}

export async function openReport(connectionId: string, customerId: string, reportId: string, form: 'json' | 'pdf' = 'json'): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', documentUri(connectionId, { kind: 'report', customerId, reportId, form }));
}

const reasons = (state: ReportState): string => {
  const errors = Array.isArray(state.errors) ? (state.errors as { code?: unknown; message?: unknown }[]) : [];
  return errors.map((error) => [error.code, error.message].filter((part) => part !== undefined && part !== null).join(' ')).join('; ') || 'the API names no reason';
};

export async function followReport(parts: FollowParts, session: ApiSession, customerId: string, reportId: string, title: string, purpose?: string): Promise<void> {
  const { connection, client, reportIntervalMs } = session;
  const branch = `${connection.id}/customers`;
  const state = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, async (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    const started = Date.now();
    let next = reportIntervalMs;
    const tick = setInterval(() => progress.report({ message: `running for ${Math.round((Date.now() - started) / 1000)} s; looked at every ${Math.round(next / 1000)} s` }), 1000);
    try {
      return await client.followReport({ customerId, reportId }, { signal: controller.signal, origin: 'poll', purpose, intervalMs: reportIntervalMs, onState: (_, nextLookMs) => { next = nextLookMs; } });
    } catch (error) {
      if (controller.signal.aborted) return undefined;
      throw error;
    } finally {
      clearInterval(tick);
    }
  });
  parts.explorer.refresh(branch);
  if (!state) {
    void vscode.window.showInformationMessage(`No longer waiting for ${title}. The report goes on and shows in the Explorer under Reports.`);
    return;
  }
  const done = state.status === 'success';
  const open = 'Open Report';
  const choice = done ? await vscode.window.showInformationMessage(`${title} is ready.`, open, 'Open PDF')
    : await vscode.window.showErrorMessage(`${title} failed: ${plainText(reasons(state))}.`, open);
  if (choice) await openReport(connection.id, customerId, reportId, choice === 'Open PDF' ? 'pdf' : 'json');
}
