// Asks a person for the permissible purpose of a consumer report, from the list of the API's own description or as a code of theirs.
import * as vscode from 'vscode';
import { knownPurposes, purposeProblem } from '../documents/purposes.ts';
import { purposeChoices, purposePlaceholder } from './askingWords.ts';

export interface PurposeQuestion {
  /** The connection's label. */
  connection: string;
  /** Left out: reading reports in general. */
  operationId?: string;
  /** The codes that the operation names. */
  codes?: readonly string[];
  last?: string | undefined;
  /** It may be sent without. */
  optional?: boolean;
}

/** A code, '' for none, undefined when the person turns away. */
export async function pickPurpose({ connection, operationId, codes, last, optional = false }: PurposeQuestion, token?: vscode.CancellationToken): Promise<string | undefined> {
  const title = `Permissible purpose${operationId ? ` of ${operationId}` : ''} (${connection})`;
  const items = purposeChoices(codes ?? knownPurposes.map(({ code }) => code), { last, optional })
    .map((choice) => ({ label: choice.title, description: choice.description, ...(choice.detail !== undefined && { detail: choice.detail }), choice }));
  const choice = (await vscode.window.showQuickPick(items, { title, placeHolder: purposePlaceholder, ignoreFocusOut: true, matchOnDescription: true }, token))?.choice;
  if (!choice || choice.code !== undefined) return choice?.code;
  return vscode.window.showInputBox({ title, prompt: 'Two characters, from your agreement with Mastercard', validateInput: purposeProblem, ignoreFocusOut: true }, token);
}
