// Commands of the Jobs view by id; each is loaded when it is first run.
import type { Connections } from '../../credentials/connections.ts';
import type { Purposes } from '../../documents/purposes.ts';
import type { JobRow } from '../../jobs/rows.ts';
import type { History } from '../../tree/history/create.ts';
import type { JobsPart } from '../../tree/jobs/create.ts';
import type { JobsView } from '../../tree/jobs/view.ts';
import type { ExplorerHandle } from '../../tree/nodes.ts';

export interface JobCommandParts {
  jobs: Pick<JobsPart, 'registry' | 'view'>;
  connections: Connections;
  purposes: Purposes;
  explorer: ExplorerHandle;
  history: History;
}

type Run = (parts: JobCommandParts & { view: JobsView }, row: JobRow | undefined) => Promise<unknown>;

const commands: Record<string, Run> = {
  'openBanking.openJob': async (parts, row) => (await import('./openJob.ts')).openJob(parts, row, 'json'),
  'openBanking.openJobPdf': async (parts, row) => (await import('./openJob.ts')).openJob(parts, row, 'pdf'),
  'openBanking.showJobInExplorer': async (parts, row) => (await import('./openJob.ts')).showInExplorer(parts, row),
  'openBanking.lookAtJobNow': async (parts, row) => (await import('./changeJob.ts')).lookNow(parts, row),
  'openBanking.cancelJob': async (parts, row) => (await import('./changeJob.ts')).cancelJob(parts, row),
  'openBanking.generateJobAgain': async (parts, row) => (await import('./changeJob.ts')).generateAgain(parts, row),
  'openBanking.forgetJob': async (parts, row) => (await import('./changeJob.ts')).forgetJob(parts, row),
  'openBanking.forgetFinishedJobs': async ({ jobs }) => jobs.registry.forget(),
};

export const jobCommands = (parts: JobCommandParts): Record<string, (argument?: unknown) => Promise<unknown>> =>
  Object.fromEntries(Object.entries(commands).map(([id, run]) => [id, async (argument?: unknown) => run({ ...parts, view: await parts.jobs.view() }, isRow(argument) ? argument : undefined)]));

/** A title's button passes something else, or nothing. */
const isRow = (value: unknown): value is JobRow => typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'job' && 'id' in value;
