// Copy as Code and Open as Code: the request in the active editor in a language of the person's choice, which is remembered. Secrets are
// never read for it: the code takes them from environment variables.
import * as vscode from 'vscode';
import { noLinks, plainText } from '../../client/plainText.ts';
import type { Connections } from '../../credentials/connections.ts';
import type { ConnectionRecord } from '../../credentials/types.ts';
import { aboutOf } from '../../masking/masker.ts';
import type { Presentation } from '../../platform/presentation.ts';
import { SnippetError, toCall, variablesOf } from '../../snippets/call.ts';
import { type Language, languages } from '../../snippets/languages.ts';
import { readActiveRequest } from './activeRequest.ts';

export interface CodeParts {
  context: Pick<vscode.ExtensionContext, 'globalState'>;
  connections: Pick<Connections, 'active' | 'get'>;
  /** While it is on, the code holds masks where a person's data stood. */
  presentation: Pick<Presentation, 'on' | 'masker'>;
  /** Where a connection's calls go; starts the sandbox for its own. */
  baseUrlOf(record: ConnectionRecord): Promise<string>;
}

const lastLanguage = 'openBanking.snippets.language';

export async function asCode(parts: CodeParts, what: 'copy' | 'open'): Promise<void> {
  const read = readActiveRequest();
  if (!read) return;
  const { entry, input, accept, connection } = read.request;
  const record = connection === undefined ? parts.connections.active() : parts.connections.get(connection);
  if (!record) {
    void vscode.window.showErrorMessage(`"connection": there is no connection "${plainText(connection ?? '', 60)}". Leave it out to use the active one.`);
    return;
  }
  const language = await chooseLanguage(parts.context.globalState, what);
  if (!language) return;
  const { on, masker } = parts.presentation;
  const { body, ...parameters } = on ? masker.data(input, aboutOf(entry.operationId)) : input;
  try {
    const call = toCall({ entry, parameters, body, accept, baseUrl: await parts.baseUrlOf(record) });
    await hand(language, language.write(call), variablesOf(call), what);
  } catch (error) {
    if (!(error instanceof SnippetError)) throw error;
    void vscode.window.showErrorMessage(noLinks(error.message));
  }
}

async function hand(language: Language, code: string, variables: readonly string[], what: 'copy' | 'open'): Promise<void> {
  if (what === 'open') {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: language.editorLanguage, content: code }), { viewColumn: vscode.ViewColumn.Beside });
    return;
  }
  await vscode.env.clipboard.writeText(code);
  void vscode.window.showInformationMessage(`Copied as ${language.label}. It reads ${variables.join(', ')} from the environment.`);
}

async function chooseLanguage(state: vscode.Memento, what: 'copy' | 'open'): Promise<Language | undefined> {
  const last = state.get<unknown>(lastLanguage);
  // The one of last time is first, so that Enter takes it.
  const ordered = [...languages].sort((a, b) => Number(b.id === last) - Number(a.id === last));
  const picked = await vscode.window.showQuickPick(ordered.map((language) => ({ label: language.label, description: language.needs, detail: language.id === last ? 'as last time' : undefined, language })), {
    title: what === 'copy' ? 'Copy as Code' : 'Open as Code', placeHolder: 'The language to write the request in', matchOnDescription: true,
  });
  if (picked && picked.language.id !== last) await state.update(lastLanguage, picked.language.id);
  return picked?.language;
}
