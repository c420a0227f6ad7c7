// The way in. It registers stand-ins and nothing else; composition.ts builds the parts when the first stand-in is used.
import type * as vscode from 'vscode';
import type { Composition } from './composition.ts';
import { registerStandIns, type StandIns } from './standIns.ts';

// The editor calls deactivate() without arguments and waits for it alone; disposables are not waited for.
let composed: Promise<Composition> | undefined;

export function activate(context: vscode.ExtensionContext): void {
  // A failure is told to whoever asked and not remembered: the next use builds anew.
  const parts = (): Promise<Composition> => (composed ??= build(context, standIns).catch((error: unknown) => {
    composed = undefined;
    throw error;
  }));
  const standIns = registerStandIns(context, parts);
}

/** Leaves nothing behind when it fails, lest a second attempt finds the half of the first. */
async function build(context: vscode.ExtensionContext, standIns: StandIns): Promise<Composition> {
  const { compose } = await import('./composition.ts');
  const before = context.subscriptions.length;
  try {
    return compose(context, standIns);
  } catch (error) {
    for (const half of context.subscriptions.splice(before)) half.dispose();
    throw error;
  }
}

export async function deactivate(): Promise<void> {
  await (await composed?.catch(() => undefined))?.stop();
}
