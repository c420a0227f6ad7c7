// What a person does to a job: look now, stop waiting, generate anew, forget.
import * as vscode from 'vscode';
import { titleOf, type JobRow } from '../../jobs/rows.ts';
import type { JobsView } from '../../tree/jobs/view.ts';
import { againWith } from '../reports/reportRules.ts';
import type { JobCommandParts } from './table.ts';

type Parts = JobCommandParts & { view: JobsView };

const status = (text: string): void => void vscode.window.setStatusBarMessage(text, 5000);

/** Only by hand, and not more often than every few seconds. Where the API wants a purpose, the person is asked for it. */
export async function lookNow({ view, jobs, purposes }: Parts, row: JobRow | undefined): Promise<void> {
  const job = view.jobOf(row);
  if (job?.kind !== 'report') return;
  const purpose = job.reason === 'purpose' ? await purposes.choose(job.connectionId) : undefined;
  if (job.reason === 'purpose' && purpose === undefined) return;
  const wait = await jobs.registry.lookNow(job.id, purpose);
  status(wait === 0 ? `$(sync) Looking at ${titleOf(job)}` : `$(watch) The next look is in ${Math.ceil(wait / 1000)} s: a report is not asked for more often`);
}

export async function cancelJob({ view, jobs }: Parts, row: JobRow | undefined): Promise<void> {
  const job = view.jobOf(row);
  if (job?.state !== 'running') return;
  await jobs.registry.cancel(job.id);
  const title = titleOf(job);
  void vscode.window.showInformationMessage(job.kind === 'report'
    ? `No longer waiting for ${title}. The report goes on being made: Look Again Now takes the waiting up, and the Explorer has it under Reports.`
    : `No longer waiting for ${title}. Whether it took effect is not known.`);
}

export async function generateAgain({ view, connections }: Parts, row: JobRow | undefined): Promise<void> {
  const job = view.jobOf(row);
  if (job?.kind !== 'report' || !connections.get(job.connectionId)) return;
  await vscode.commands.executeCommand(...againWith(job));
}

export async function forgetJob({ view, jobs }: Parts, row: JobRow | undefined): Promise<void> {
  const job = view.jobOf(row);
  if (job) await jobs.registry.forget([job.id]);
}
