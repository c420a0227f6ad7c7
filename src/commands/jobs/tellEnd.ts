// Says that a report is ready, failed or was given up, with the ways on. Said in the window that asked for it, or, when that is gone, in
// the one that found out.
import * as vscode from 'vscode';
import { noLinks, plainText } from '../../client/plainText.ts';
import type { JobEnd } from '../../jobs/registry.ts';
import { reasonInShort, titleOf } from '../../jobs/rows.ts';
import type { Purposes } from '../../documents/purposes.ts';
import { openJobReport } from './openJob.ts';

export async function tellEnd(parts: { purposes: Purposes }, { job, words }: JobEnd): Promise<void> {
  if (job.kind !== 'report') return;
  const title = plainText(words.title ?? `${titleOf(job)} of customer ${job.customerId ?? 'unknown'}`, 300);
  const open = 'Open Report';
  const look = 'Look Again Now';
  switch (job.state) {
    case 'done': {
      const choice = await vscode.window.showInformationMessage(`${title} is ready.`, open, 'Open PDF');
      if (choice) await openJobReport(parts, job, choice === open ? 'json' : 'pdf');
      return;
    }
    case 'failed': {
      const why = words.messages?.join('; ') ?? '';
      const choice = await vscode.window.showErrorMessage(noLinks(job.reason === 'report'
        ? `${title} failed: ${reasonInShort(job) ?? 'the API names no reason'}.${why && ` The API says: "${why.replace(/\.$/, '')}".`}`
        : `${title} is no longer followed: ${why || (reasonInShort(job) ?? 'the log says more')}`), ...(job.reason === 'report' ? [open, 'Generate Again'] : [look]));
      if (choice === open) await openJobReport(parts, job, 'json');
      else if (choice) await vscode.commands.executeCommand(choice === look ? 'openBanking.lookAtJobNow' : 'openBanking.generateJobAgain', { kind: 'job', id: job.id });
      return;
    }
    case 'gaveUp': {
      const minutes = Math.round((job.giveUpAt - job.startedAt) / 60_000);
      const choice = await vscode.window.showWarningMessage(job.reason === 'purpose'
        ? `${title} is being made, but the API shows it only for a permissible purpose. Look Again Now asks which.`
        : `${title} was not finished within ${minutes} minutes and is no longer waited for. It goes on being made.`, look);
      if (choice === look) await vscode.commands.executeCommand('openBanking.lookAtJobNow', { kind: 'job', id: job.id });
      return;
    }
    default: // A person cancelled it or signed out: they know.
  }
}
