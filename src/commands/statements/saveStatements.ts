// Saves statements of an account as PDF files: a month, or a range at once. Rules: what it costs is said once for the range, before the first
// call; one after the other, and each can be the last; what is saved stays whatever happens to the next; a file that is there is never
// replaced unasked, and a half-written one never stands under its name.
import * as vscode from 'vscode';
import { ApiError, AuthenticationError, CancelledError } from '../../client/errors.ts';
import type { Client } from '../../client/types.ts';
import { userMessage } from '../../platform/messages.ts';
import type { ExplorerNode } from '../../tree/nodes.ts';
import { statementMonths, type StatementMonth } from '../../tree/statementMonths.ts';
import { monthName } from '../../tree/words.ts';
import { writeWhole } from '../../webviews/host/saving.ts';
import { accountTarget, type AccountTarget } from '../accountTarget.ts';
import { withProgress, type Progress } from '../progress.ts';
import type { TargetParts } from '../targets.ts';
import { billableWords, count, rangeWords, statementFile, type RangeOutcome } from './statementRules.ts';

export async function saveStatements(parts: TargetParts, node?: ExplorerNode): Promise<void> {
  parts.presentation.unlessOn(() => undefined);
  const target = await accountTarget(parts, node, 'Statements of which account?');
  if (!target) return;
  const chosen = node?.kind === 'statement' ? [{ index: node.index, month: node.month }] : await pickMonths(target);
  if (!chosen || chosen.length === 0) return;
  const folder = await pickFolder(chosen.length);
  if (!folder) return;
  const wanted = await withoutThose(chosen, target, folder);
  // Opened before the question: a yes is one to this connection, and its client ends with it.
  const { client } = await parts.sessions.open(target.connectionId);
  if (!wanted || wanted.length === 0 || !(await agreed(parts, target, wanted.length))) return;
  const outcome = await withProgress(`Saving ${count(wanted.length).toLowerCase()}`, (progress) => saveAll(client, target, wanted, folder, progress));
  const words = rangeWords(outcome, vscode.env.language);
  if (outcome.failed.length > 0) void vscode.window.showWarningMessage(words);
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

/** Those to be read when some are there already; undefined when the person turned away. */
async function withoutThose(chosen: readonly StatementMonth[], { accountId }: AccountTarget, folder: vscode.Uri): Promise<readonly StatementMonth[] | undefined> {
  const there = await Promise.all(chosen.map((month) => Promise.resolve(vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, statementFile(accountId, month)))).then(() => true, () => false)));
  const missing = chosen.filter((_, at) => !there[at]);
  if (missing.length === chosen.length) return chosen;
  const [replace, skip] = ['Replace', 'Keep Those'];
  const already = chosen.length - missing.length;
  const answer = await vscode.window.showWarningMessage(`${already === 1 ? 'One of them is' : `${already} of them are`} in that folder already.`, {
    modal: true, detail: missing.length === 0 ? 'Replacing reads them again from the bank.' : `Replacing reads them again from the bank; keeping them leaves ${missing.length} to read.`,
  }, replace, ...(missing.length > 0 ? [skip] : []));
  return answer === replace ? chosen : answer === skip ? missing : undefined;
}

/** Asked once for all of them; the sandbox costs nothing. */
async function agreed({ connections }: TargetParts, { connectionId, name }: AccountTarget, statements: number): Promise<boolean> {
  const connection = connections.get(connectionId);
  if (!connection || connection.environment === 'sandbox') return true;
  const { title, detail, confirm } = billableWords(statements, name, connection.label);
  return (await vscode.window.showWarningMessage(title, { modal: true, detail }, confirm)) === confirm;
}

async function saveAll(client: Client, target: AccountTarget, wanted: readonly StatementMonth[], folder: vscode.Uri, { signal, report }: Progress): Promise<RangeOutcome> {
  const { customerId, accountId } = target;
  const outcome = { saved: 0, without: [] as StatementMonth[], failed: [] as RangeOutcome['failed'][number][], left: 0 };
  for (const [at, month] of wanted.entries()) {
    report(`${at + 1} of ${wanted.length}: ${monthName(month.month, vscode.env.language)}`);
    try {
      const { body } = await client.send('GetCustomerAccountStatement', { customerId, accountId, index: month.index }, { signal, origin: 'command', confirmed: ['billable'] });
      if (!(body instanceof Uint8Array) || body.byteLength === 0) outcome.failed.push({ month, reason: 'The API answered without a PDF.' });
      else {
        await writeWhole(vscode.Uri.joinPath(folder, statementFile(accountId, month)), body);
        outcome.saved += 1;
      }
    } catch (error) {
      if (error instanceof CancelledError || signal.aborted) return { ...outcome, left: wanted.length - at };
      if (error instanceof ApiError && error.code === noStatement) outcome.without.push(month);
      else {
        outcome.failed.push({ month, reason: userMessage(error).text });
        // What would befall the next one too ends the range.
        if (endsAll(error)) return { ...outcome, left: wanted.length - at - 1 };
      }
    }
  }
  return outcome;
}

/** `Asset not found`: how the API says that the bank has no statement of that index. */
const noStatement = '13002';

const endsAll = (error: unknown): boolean => !(error instanceof ApiError) || error instanceof AuthenticationError || error.status === 429;
