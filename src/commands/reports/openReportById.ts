// Opens a report whose id someone was given, of a customer; the form follows from what is picked.
import * as vscode from 'vscode';
import type { ExplorerNode } from '../../tree/nodes.ts';
import { inputSteps } from '../inputSteps.ts';
import { customerTarget, type TargetParts } from '../targets.ts';
import { openReport } from './openReport.ts';

export async function openReportById(parts: TargetParts, node?: ExplorerNode): Promise<void> {
  const target = await customerTarget(parts, node, 'A report of which customer?');
  if (!target) return;
  const answer = await inputSteps(`Open a report of ${target.name}`, [{ key: 'id', prompt: 'Report id', placeholder: 'u4hstnnak45g-voi', validate: (text) => (/^[\w-]{4,80}$/.test(text.trim()) ? undefined : 'A report id is letters, digits and hyphens.') }]);
  if (!answer) return;
  const form = await vscode.window.showQuickPick([{ label: 'Readable and as JSON', form: 'json' as const }, { label: 'PDF', form: 'pdf' as const }], { title: `Report ${answer.id}`, ignoreFocusOut: true });
  if (form) await openReport(target.connectionId, target.customerId, answer.id!.trim(), form.form);
}
