// Saves statements of an account as PDF files: a month, or a range at once. Rules: what it costs is said once for the range, before the first
// call; one after the other, and each can be the last; what is saved stays whatever happens to the next; a file that is there is never
// replaced unasked, and a half-written one never stands under its name.
import * as vscode from 'vscode';
import type { Client } from '../../client/types.ts';
import { notNow } from '../../platform/askingWords.ts';
import { userMessage } from '../../platform/messages.ts';
import { savingRefused } from '../../platform/presentation.ts';
import type { ExplorerNode } from '../../tree/nodes.ts';
import { statementFile, statementMonths, type StatementMonth } from '../../tree/statementMonths.ts';
import { monthName } from '../../tree/words.ts';
import { shownName, writeWhole } from '../../webviews/host/saving.ts';
import { accountTarget, type AccountTarget } from '../accountTarget.ts';
import { confirmed } from '../confirm.ts';
import { withProgress, type Progress } from '../../platform/progress.ts';
import type { TargetParts } from '../targets.ts';
import { saveRange, type RangePorts } from './saveRange.ts';
import { billableWords, count, rangeWords, replaceWords } from './statementRules.ts';

export async function saveStatements(parts: TargetParts, node?: ExplorerNode): Promise<void> {
  parts.presentation.unlessOn(() => undefined);
  const target = await accountTarget(parts, node, 'Statements of which account?');
  if (!target) return;
  const chosen = node?.kind === 'statement' ? [{ index: node.index, month: node.month }] : await pickMonths(target);
  if (!chosen || chosen.length === 0) return;
  const folder = await pickFolder(chosen.length);
  if (!folder) return;
  const there = new Set((await Promise.all(chosen.map(async (month) => ((await isThere(vscode.Uri.joinPath(folder, statementFile(target.accountId, month)))) ? [month.month] : [])))).flat());
  const wanted = await withoutThose(chosen, there);
  if (!wanted || wanted.length === 0) return;
  // Opened before the question: a yes is one to this connection, and its client ends with it.
  const { client } = await parts.sessions.open(target.connectionId);
  if (!(await agreed(parts, target, wanted.length))) return;
  const outcome = await withProgress(`Saving ${count(wanted.length).toLowerCase()}`, (progress) => saveRange(wanted, rangePorts(parts, client, target, { folder, there }, progress, wanted.length)));
  const words = rangeWords(outcome, shownName(folder) || folder.path, vscode.env.language);
  if (outcome.failed.length > 0 || outcome.ended !== undefined) void vscode.window.showWarningMessage(words);
  else void vscode.window.showInformationMessage(words);
}

interface MonthItem extends vscode.QuickPickItem {
  of?: StatementMonth;
}

/** The 24 months, by year, several at once. */
async function pickMonths({ name }: AccountTarget): Promise<StatementMonth[] | undefined> {
  const items: MonthItem[] = [];
  for (const of of statementMonths(Date.now())) {
    const year = of.month.slice(0, 4);
    if (items.at(-1)?.of?.month.slice(0, 4) !== year) items.push({ label: year, kind: vscode.QuickPickItemKind.Separator });
    items.push({ label: monthName(of.month, vscode.env.language), description: of.index === 1 ? 'newest' : undefined, of });
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: `Save Statements of ${name}`, placeHolder: 'Which months? The bank may be a month behind, or keep fewer.', canPickMany: true, ignoreFocusOut: true,
  });
  return picked?.flatMap(({ of }) => (of ? [of] : []));
}

async function pickFolder(statements: number): Promise<vscode.Uri | undefined> {
  const folders = await vscode.window.showOpenDialog({
    title: `Where to save ${count(statements).toLowerCase()}`, canSelectFolders: true, canSelectFiles: false, canSelectMany: false, openLabel: 'Save Here', defaultUri: vscode.workspace.workspaceFolders?.[0]?.uri,
  });
  return folders?.[0];
}

interface Place {
  folder: vscode.Uri;
  /** Months whose file was there when the person was asked. */
  there: ReadonlySet<string>;
}

const isThere = (file: vscode.Uri): Promise<boolean> => Promise.resolve(vscode.workspace.fs.stat(file)).then(() => true, () => false);

/** Those to be read when some are there already; undefined when the person turned away. */
async function withoutThose(chosen: readonly StatementMonth[], there: ReadonlySet<string>): Promise<readonly StatementMonth[] | undefined> {
  const missing = chosen.filter(({ month }) => !there.has(month));
  if (missing.length === chosen.length) return chosen;
  const already = chosen.length - missing.length;
  const [replace, skip] = ['Replace', already === 1 ? 'Keep It' : 'Keep Those'];
  const { title, detail } = replaceWords(already, chosen.length);
  const answer = await vscode.window.showWarningMessage(title, { modal: true, detail }, missing.length > 0 ? skip : notNow, replace);
  return answer === replace ? chosen : answer === skip ? missing : undefined;
}

/** Asked once for all of them; the sandbox costs nothing. */
async function agreed({ connections }: TargetParts, { connectionId, name }: AccountTarget, statements: number): Promise<boolean> {
  const connection = connections.get(connectionId);
  if (!connection || connection.environment === 'sandbox') return true;
  const { title, detail, confirm } = billableWords(statements, name, connection.label);
  return confirmed(title, detail, confirm);
}

function rangePorts(parts: TargetParts, client: Client, { customerId, accountId }: AccountTarget, { folder, there }: Place, { signal, report }: Progress, total: number): RangePorts {
  const fileOf = (month: StatementMonth): vscode.Uri => vscode.Uri.joinPath(folder, statementFile(accountId, month));
  return {
    signal,
    read: async ({ index }) => (await client.send('GetCustomerAccountStatement', { customerId, accountId, index }, { signal, origin: 'command', confirmed: ['billable'] })).body,
    appeared: async (month) => !there.has(month.month) && (await isThere(fileOf(month))),
    write: (month, bytes) => writeWhole(fileOf(month), bytes),
    forbidden: () => (parts.presentation.on ? savingRefused : undefined),
    reason: (error) => userMessage(error).text,
    next: ({ month }, position) => report(`${position} of ${total}: ${monthName(month, vscode.env.language)}`),
  };
}
