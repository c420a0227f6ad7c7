// Enrolls a customer: free for a testing one, billable for an active one (the guard says so and asks).
import * as vscode from 'vscode';
import type { Connections } from '../../credentials/connections.ts';
import type { Presentation } from '../../platform/presentation.ts';
import type { Sessions } from '../../platform/sessions.ts';
import type { ExplorerHandle, ExplorerNode } from '../../tree/nodes.ts';
import { withProgress } from '../../platform/progress.ts';
import { inputSteps } from '../inputSteps.ts';
import { presentedSteps } from '../presenting.ts';
import { nameProblem, usernameHint, usernameProblem } from './username.ts';

export interface EnrollParts {
  connections: Connections;
  sessions: Sessions;
  explorer: ExplorerHandle;
  presentation: Presentation;
}

export async function enrollCustomer(parts: EnrollParts, type: 'testing' | 'active', node?: ExplorerNode): Promise<void> {
  const connectionId = node?.connectionId ?? parts.connections.active().id;
  const title = type === 'testing' ? 'Enroll a testing customer' : 'Enroll an active customer (billable)';
  const answers = await inputSteps(title, presentedSteps([
    { key: 'username', prompt: 'Username: your own name for the customer, unique among yours', placeholder: 'dana-reyes-01', validate: usernameProblem, hint: usernameHint },
    { key: 'firstName', prompt: 'First name (may be left empty)', optional: true, validate: nameProblem },
    { key: 'lastName', prompt: 'Last name (may be left empty)', optional: true, validate: nameProblem },
  ], parts.presentation));
  if (!answers) return;

  const { client } = await parts.sessions.open(connectionId);
  const operation = type === 'testing' ? 'AddTestingCustomer' : 'AddCustomer';
  const body = { username: answers.username!, ...(answers.firstName && { firstName: answers.firstName }), ...(answers.lastName && { lastName: answers.lastName }) };
  const called = parts.presentation.on ? 'The customer' : body.username;
  const customer = await withProgress(`Enrolling ${called}`, ({ signal }) => client.call(operation, { body }, { signal, origin: 'command' }));

  parts.explorer.refresh(`${connectionId}/customers`);
  const next = type === 'testing' ? 'Add FinBank Accounts' : 'Copy ID';
  const choice = await vscode.window.showInformationMessage(`${called} is enrolled as customer ${customer.id}.`, 'Show in Explorer', next);
  if (choice === 'Show in Explorer') await parts.explorer.reveal(`${connectionId}/customers/${type}/${customer.id}`);
  if (choice === 'Copy ID') await vscode.env.clipboard.writeText(customer.id);
  if (choice === 'Add FinBank Accounts') await vscode.commands.executeCommand('openBanking.addFinBankAccounts', customerNode(connectionId, type, customer.id, body));
}

const customerNode = (connectionId: string, type: string, customerId: string, data: Record<string, unknown>): ExplorerNode =>
  ({ kind: 'customer', path: `${connectionId}/customers/${type}/${customerId}`, connectionId, customerId, data: { ...data, id: customerId, type } });
