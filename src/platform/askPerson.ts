// Puts a question of the guard to the person, in a window that cannot be overlooked, saying where the call would go.
import * as vscode from 'vscode';
import { environmentName } from '../credentials/connectionInput.ts';
import type { ConnectionRecord } from '../credentials/types.ts';
import type { Question } from '../guard/approve.ts';
import { guardQuestions } from './openQuestions.ts';

export async function askPerson({ title, detail, confirm }: Question, connection: ConnectionRecord): Promise<boolean> {
  const where = `Connection: ${connection.label} (${environmentName(connection.environment)})`;
  const show = () => vscode.window.showWarningMessage(title, { modal: true, detail: `${detail}\n\n${where}` }, confirm);
  return (await guardQuestions.during(show)) === confirm;
}
