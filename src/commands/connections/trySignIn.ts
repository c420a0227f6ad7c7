// One authentication attempt that the person asked for: credentials not saved yet, or a saved connection's. The lock-out ledger is asked
// first; where it stops, the person is told what is left and decides. Never more than one attempt for one click.
import * as vscode from 'vscode';
import { AuthenticationError, LockoutStop } from '../../client/errors.ts';
import type { Client } from '../../client/types.ts';
import { lockoutAt } from '../../credentials/lockoutLedger.ts';
import type { ConnectionRecord, ConnectionSecrets } from '../../credentials/types.ts';
import { isCancel, userMessage } from '../../platform/messages.ts';
import { confirmed } from '../confirm.ts';
import { withProgress } from '../../platform/progress.ts';
import { type ConnectionParts, failuresLeft } from './parts.ts';
import { trialFailure } from './trialRules.ts';

/** Makes the attempt. False when the person decided against it or cancelled. Throws what the client throws. */
export async function attemptSignIn(parts: Pick<ConnectionParts, 'ledger'>, partnerId: string, label: string, client: Client): Promise<boolean> {
  const { next, remaining } = await parts.ledger.status(partnerId);
  if (next === 'never') throw new LockoutStop(remaining);
  if (next === 'ask') {
    const detail = `${failuresLeft(remaining)}; only Mastercard's support can unlock it. Try only if you have corrected the credentials.`;
    if (!(await confirmed(`Sign-in has failed ${lockoutAt - remaining} times for this partner.`, detail, 'Try Once More'))) return false;
    await parts.ledger.allowNext(partnerId);
  }
  try {
    await withProgress(`Signing in to "${label}"`, ({ signal }) => client.authenticate({ signal, origin: 'command', timeoutMs: 30_000 }));
    return true;
  } catch (error) {
    if (isCancel(error)) return false;
    throw error;
  }
}

/** After a failure that the API counts: how many are left. */
async function countWords({ ledger }: Pick<ConnectionParts, 'ledger'>, error: unknown, partnerId: string): Promise<string> {
  if (!(error instanceof AuthenticationError) || error.problem !== 'credentials') return '';
  const { remaining } = await ledger.status(partnerId);
  return `\n\nThe explorer has counted ${lockoutAt - remaining} of ${lockoutAt} failures for this partner; ${failuresLeft(remaining)}.`;
}

export type TrialEnd = 'good' | 'edit' | 'cancel';

/** Tries credentials that are not saved, as often as the person asks. Explains each failure; nothing is saved here. */
export async function tryUnsaved(parts: Pick<ConnectionParts, 'ledger' | 'sessions' | 'log'>, record: ConnectionRecord, secrets: ConnectionSecrets): Promise<TrialEnd> {
  for (;;) {
    const { client, close } = await parts.sessions.trial(record, secrets);
    try {
      if (await attemptSignIn(parts, secrets.partnerId, record.label, client)) return 'good';
      return 'edit';
    } catch (error) {
      parts.log.error('Testing credentials', error);
      const again = 'Try Again';
      const edit = 'Edit';
      const { text } = userMessage(error);
      const { headline, mayRepeat } = trialFailure(error, record.label);
      const picked = await vscode.window.showErrorMessage(headline,
        { modal: true, detail: parts.log.clean(text) + (await countWords(parts, error, secrets.partnerId)) }, edit, ...(mayRepeat ? [again] : []));
      if (picked === edit) return 'edit';
      if (picked !== again) return 'cancel';
    } finally {
      close();
    }
  }
}
