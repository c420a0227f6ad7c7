// Webhooks of a report, to the `callbackUrl` it was asked for with: one when it begins and one when it ends. Sent once each and unsigned.
// The end comes by the sandbox's clock, so it is sent when the clock gets there, or as soon as somebody looks at the finished report.
import type { ConsumerEntity, ReportEntity } from '../entities.ts';
import { lastFourOfSsn, statusOf } from '../reports/body.ts';
import type { SandboxContext } from '../types.ts';

const SENT = 'reportDone';

function deliver(report: ReportEntity, consumer: ConsumerEntity | undefined, eventName: string, status: string, context: SandboxContext): void {
  if (!report.callbackUrl) return;
  const ssn = lastFourOfSsn(consumer);
  context.notify({
    url: report.callbackUrl, headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      eventName, id: report.id, ...(consumer ? { consumerId: consumer.id, ...(ssn ? { consumerSsn: ssn } : {}) } : {}), type: report.type, status, customerId: Number(report.customerId),
      ...(report.portfolioId ? { portfolioId: report.portfolioId } : {}),
    }),
  });
}

export function notifyReport(report: ReportEntity, consumer: ConsumerEntity | undefined, context: SandboxContext): void {
  if (!report.callbackUrl) return;
  deliver(report, consumer, 'inProgress', 'inProgress', context);
  watch(report, consumer, context);
}

/** Looks at the clock about once a second; gives up when the report is gone. The timer holds no process open. */
function watch(report: ReportEntity, consumer: ConsumerEntity | undefined, context: SandboxContext): void {
  const timer = setTimeout(() => {
    if (context.state.bag<string>('reportOwner').get(report.id) === undefined) return;
    if (!notifyEnd(report, consumer, context)) watch(report, consumer, context);
  }, 1000);
  timer.unref();
}

/** Sends the last webhook when it is due and was not sent; true when there is nothing left to send. */
export function notifyEnd(report: ReportEntity, consumer: ConsumerEntity | undefined, context: SandboxContext): boolean {
  if (!report.callbackUrl) return true;
  const status = statusOf(report, context.now());
  if (status === 'inProgress') return false;
  const sent = context.state.bag<boolean>(SENT);
  if (sent.get(report.id)) return true;
  sent.put(report.id, true);
  deliver(report, consumer, status === 'success' ? 'done' : 'failed', status, context);
  return true;
}
