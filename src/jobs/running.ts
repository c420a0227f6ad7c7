// How many jobs run, in words: for the view's badge and the status bar. Apart from rows.ts, which needs the catalogue. Free of vscode.
import type { Job } from './job.ts';

/** `2 reports, 1 call`; empty when nothing runs. */
export function runningText(jobs: readonly Job[]): string {
  const running = jobs.filter(({ state }) => state === 'running');
  const reports = running.filter(({ kind }) => kind === 'report').length;
  return [counted(reports, 'report'), counted(running.length - reports, 'call')].filter((part) => part !== '').join(', ');
}

const counted = (n: number, word: string): string => (n === 0 ? '' : `${n} ${word}${n === 1 ? '' : 's'}`);
