// One report followed to its end by this window. The rule of the looks (20 s, growing pauses, failures that do not count) is the client's;
// here is what lies around it: the lease that is asked for before each look, what a closed client means, and how it all ended.
import { CancelledError } from '../client/errors.ts';
import type { ApiSession } from '../platform/sessions.ts';
import { endingOfError, endingOfReport, type Ending } from './ending.ts';
import type { ReportJob } from './job.ts';

export interface FollowPorts {
  open(connectionId: string): Promise<Pick<ApiSession, 'client' | 'reportIntervalMs'>>;
  now(): number;
  /** The job as it is now; undefined when it is no longer this window's to follow. */
  job(): ReportJob | undefined;
  /** Before a look: takes note of it, and resolves false when another window has the lease. */
  mayLook(): Promise<boolean>;
  /** A pause begins: the next look is at this moment. */
  pauses(nextLookAt: number): void;
  /** Why no look can be had: the connection was removed, or signed out of. */
  gone(): Ending | undefined;
}

/** Milliseconds before a client is opened again that was closed for other reasons than ours (its credentials were edited). */
const reopenMs = 1_000;

class Released extends Error {}

/** Undefined when the signal stopped it, or the report is somebody else's to follow: nothing is to be written then. */
export async function followJob(ports: FollowPorts, signal: AbortSignal): Promise<Ending | undefined> {
  for (;;) {
    const job = ports.job();
    if (!job || signal.aborted) return undefined;
    const gone = ports.gone();
    if (gone) return gone;
    try {
      return endingOfReport(await lookUntilDone(job, ports, signal));
    } catch (error) {
      if (signal.aborted || error instanceof Released) return undefined;
      const stopped = ports.gone();
      if (stopped) return stopped;
      if (!(error instanceof CancelledError)) return endingOfError(error, true);
    }
    await new Promise((resolve) => setTimeout(resolve, reopenMs));
  }
}

async function lookUntilDone(job: ReportJob, ports: FollowPorts, signal: AbortSignal) {
  const { client, reportIntervalMs } = await ports.open(job.connectionId);
  const now = ports.now();
  const { reportId, customerId, consumerId, purpose } = job;
  return client.followReport({ reportId, ...(customerId !== undefined ? { customerId } : { consumerId }) }, {
    signal, origin: 'poll', ...(purpose !== undefined && { purpose }), intervalMs: reportIntervalMs,
    firstLookMs: Math.max(0, job.nextLookAt - now), looksBefore: job.looks, deadlineMs: job.giveUpAt - now,
    beforeLook: async () => {
      if (!(await ports.mayLook())) throw new Released();
    },
    onPause: (ms) => ports.pauses(ports.now() + ms),
  });
}
