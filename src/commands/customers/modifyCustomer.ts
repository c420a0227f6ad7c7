// Changes a customer's first and last name, the only fields that the API lets change.
import * as vscode from 'vscode';
import { plainText } from '../../client/plainText.ts';
import type { ExplorerHandle, ExplorerNode } from '../../tree/nodes.ts';
import { inputSteps } from '../inputSteps.ts';
import { presentedSteps } from '../presenting.ts';
import { withProgress } from '../../platform/progress.ts';
import { customerTarget, type TargetParts } from '../targets.ts';
import { nameProblem } from './username.ts';

export async function modifyCustomer(parts: TargetParts & { explorer: ExplorerHandle }, node?: ExplorerNode): Promise<void> {
  const target = await customerTarget(parts, node, 'Modify which customer?');
  if (!target) return;
  const { client } = await parts.sessions.open(target.connectionId);
  const { customerId } = target;
  const now = await withProgress('Reading the customer', ({ signal }) => client.call('GetCustomer', { customerId }, { signal, origin: 'command' }));
  const username = parts.presentation.on ? customerId : plainText(now.username, 120);
  const answers = await inputSteps(`Modify ${username}`, presentedSteps([
    { key: 'firstName', prompt: 'First name (left empty: stays as it is)', value: now.firstName ?? '', optional: true, validate: nameProblem },
    { key: 'lastName', prompt: 'Last name (left empty: stays as it is)', value: now.lastName ?? '', optional: true, validate: nameProblem },
  ], parts.presentation));
  if (!answers) return;
  const body = { ...(answers.firstName && { firstName: answers.firstName }), ...(answers.lastName && { lastName: answers.lastName }) };
  if (Object.keys(body).length === 0) {
    void vscode.window.showInformationMessage('Nothing to change: both names were left empty, and the API keeps what is not sent.');
    return;
  }
  await withProgress(`Changing ${username}`, ({ signal }) => client.call('ModifyCustomer', { customerId, body }, { signal, origin: 'command' }));
  parts.explorer.refresh(`${target.connectionId}/customers`);
  vscode.window.setStatusBarMessage(`$(check) ${username} changed`, 4000);
}
