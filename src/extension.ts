// The way in. It registers stand-ins and nothing else; composition.ts builds the parts when the first stand-in is used.
import type * as vscode from 'vscode';
import type { Composition } from './composition.ts';
import { registerStandIns } from './standIns.ts';

// The editor calls deactivate() without arguments and waits for it alone; disposables are not waited for.
let composed: Promise<Composition> | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const parts = (): Promise<Composition> => (composed ??= import('./composition.ts').then(({ compose }) => compose(context, standIns)));
  const standIns = registerStandIns(context, parts);
}

export async function deactivate(): Promise<void> {
  await (await composed)?.stop();
}
