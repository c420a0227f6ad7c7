// Opens what a job is about: a report in its viewer or as PDF, a call as its exchange in the history; or shows it in the explorer.
import * as vscode from 'vscode';
import type { ReportJob } from '../../jobs/job.ts';
import { titleOf, type JobRow } from '../../jobs/rows.ts';
import { customerPath, reportPath } from '../../tree/paths.ts';
import type { JobsView } from '../../tree/jobs/view.ts';
import { openReport } from '../reports/openReport.ts';
import type { JobCommandParts } from './table.ts';

type Parts = JobCommandParts & { view: JobsView };

const say = (text: string): void => void vscode.window.showInformationMessage(text);

export async function openJob(parts: Parts, row: JobRow | undefined, form: 'json' | 'pdf'): Promise<void> {
  const job = parts.view.jobOf(row);
  if (!job) return say('Select a job in the Jobs view first.');
  if (!parts.connections.get(job.connectionId)) return say('The connection of this job was removed.');
  if (job.kind === 'report') return openJobReport(parts, job, form);
  const entry = job.historyId === undefined ? undefined : (await (await parts.history.view()).entries()).find(({ id }) => id === job.historyId);
  if (entry) await vscode.commands.executeCommand('openBanking.openHistoryEntry', { kind: 'call', entry });
  else say(job.state === 'running' ? `${titleOf(job)} is still under way; its exchange is in the History when it is over.` : `The exchange of ${titleOf(job)} is not in the History.`);
}

/** With the purpose that it was asked for with, where none was named in this window. */
export async function openJobReport({ purposes }: Pick<JobCommandParts, 'purposes'>, { connectionId, customerId, reportId, purpose }: ReportJob, form: 'json' | 'pdf'): Promise<void> {
  if (customerId === undefined) return say('This report was asked for by its consumer alone; open it with Run Operation: "Get Report by Consumer".');
  await openReport(connectionId, customerId, reportId, form, purposes.known(connectionId) === undefined ? purpose : undefined);
}

export async function showInExplorer({ view, explorer }: Parts, row: JobRow | undefined): Promise<void> {
  const job = view.jobOf(row);
  if (job?.customerId === undefined) return;
  const { connectionId, customerId } = job;
  const found = await explorer.reveal(job.kind === 'report' ? reportPath(connectionId, customerId, job.reportId) : customerPath(connectionId, customerId));
  if (!found) say(`The explorer does not find ${job.kind === 'report' ? 'this report' : 'its customer'}: it may have been deleted, or the list could not be read.`);
}
