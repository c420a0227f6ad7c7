// Links FinBank test accounts to a testing customer without Connect: the headless way that Mastercard's own set-up script takes.
// Source: domain notes on institutions; the two operations are in no public description and marked so in api/accounts.yaml.
import * as vscode from 'vscode';
import type { Client } from '../../client/types.ts';
import type { ExplorerHandle, ExplorerNode } from '../../tree/nodes.ts';
import { inputSteps } from '../inputSteps.ts';
import { withProgress } from '../../platform/progress.ts';
import { customerTarget, type TargetParts } from '../targets.ts';
import { type BankQuestion, bankSteps } from './bankQuestionRules.ts';

interface Bank {
  id: string;
  label: string;
  detail: string;
  user: string;
  password: string;
}

const banks: readonly Bank[] = [
  { id: '102105', label: 'FinBank Profiles - A, profile 2', detail: 'Checking, savings, a card and a 401(k): good for reports on assets and income', user: 'test', password: 'profile_02' },
  { id: '102105', label: 'FinBank Profiles - A, profile 3', detail: 'Another household, with savings', user: 'test', password: 'profile_03' },
  { id: '101732', label: 'FinBank', detail: 'Eight accounts or more of many kinds', user: 'demo', password: 'go' },
  { id: '101732', label: 'FinBank with a security question', detail: 'Asks as a bank with multi-factor sign-in does; the right answer is "mfa"', user: 'tfa_text', password: 'go' },
];

const credentials = (id: string, user: string, password: string) => [
  { name: 'Banking Userid', value: user, id: `${id}001` },
  { name: 'Banking Password', value: password, id: `${id}002` },
];

export async function addFinBankAccounts(parts: TargetParts & { explorer: ExplorerHandle }, node?: ExplorerNode): Promise<void> {
  const target = await customerTarget(parts, node, 'Add FinBank accounts to which testing customer?');
  if (!target) return;
  if (target.type === 'active') {
    void vscode.window.showWarningMessage(`${target.name} is an active customer, and FinBank's free profiles are for testing customers. Enroll a testing customer to try them.`, 'Enroll Testing Customer')
      .then((choice) => choice && vscode.commands.executeCommand('openBanking.enrollTestingCustomer'));
    return;
  }
  const other = { label: 'Another FinBank sign-in…', detail: 'Your own institution id, user name and password', id: '' };
  const picked = await vscode.window.showQuickPick([...banks, other], { title: `Add FinBank accounts to ${target.name}`, placeHolder: 'Which test bank?', matchOnDetail: true, ignoreFocusOut: true });
  if (!picked) return;
  const bank = picked.id === '' ? await ownSignIn() : (picked as Bank);
  if (!bank) return;

  const { client } = await parts.sessions.open(target.connectionId);
  const accounts = await link(client, target.customerId, bank);
  if (!accounts) return;
  parts.explorer.refresh(`${target.connectionId}/customers`);
  const next = 'Generate Report';
  const choice = await vscode.window.showInformationMessage(`${accounts.length} account${accounts.length === 1 ? '' : 's'} of ${bank.label} linked to ${target.name}.`, next);
  if (choice === next) await vscode.commands.executeCommand('openBanking.generateReport', node ?? { kind: 'accounts', connectionId: target.connectionId, customerId: target.customerId, path: '' });
}

async function ownSignIn(): Promise<Bank | undefined> {
  const answers = await inputSteps('Sign in to a FinBank', [
    { key: 'id', prompt: 'Institution id', value: '101732', validate: (text) => (/^\d{3,9}$/.test(text) ? undefined : 'An institution id is a number, for example 101732.') },
    { key: 'user', prompt: 'User name', value: 'demo' },
    { key: 'password', prompt: 'Password of the test bank', password: true },
  ]);
  return answers && { id: answers.id!, label: `institution ${answers.id}`, detail: '', user: answers.user!, password: answers.password! };
}

/** Signs in and answers what the bank asks until it hands over accounts; undefined when the person turned away. */
async function link(client: Client, customerId: string, bank: Bank): Promise<unknown[] | undefined> {
  const first = { customerId, institutionId: bank.id, body: { credentials: credentials(bank.id, bank.user, bank.password) } };
  let answer = await withProgress(`Signing in to ${bank.label}`, ({ signal }) => client.send('AddAllAccounts', first, { signal, origin: 'command' }));
  while (answer.status === 203) {
    const body = answer.body as { questions?: BankQuestion[] } | undefined;
    const questions = body?.questions ?? [];
    if (questions.length === 0) {
      void vscode.window.showWarningMessage(`${bank.label} wants something more before it links accounts, but the answer holds no question. No account was linked; try again.`);
      return undefined;
    }
    const answers = await inputSteps(`${bank.label} asks`, bankSteps(questions));
    if (!answers) return undefined;
    const input = {
      customerId, institutionId: bank.id, 'MFA-Session': answer.headers['mfa-session'] ?? '',
      body: { mfaChallenges: { questions: questions.map((question, index) => ({ ...question, answer: answers[String(index)] })) } },
    };
    answer = await withProgress(`Answering ${bank.label}`, ({ signal }) => client.send('AddAllAccountsMfa', input, { signal, origin: 'command' }));
  }
  return (answer.body as { accounts?: unknown[] }).accounts ?? [];
}
