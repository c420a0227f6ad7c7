// Exports to disk in the editor's terms: where to, the progress, and a word at the end. What keeps the file whole is exportFile.ts.
import * as vscode from 'vscode';
import { homedir } from 'node:os';
import { plainText } from '../../client/plainText.ts';
import { collectFile, Exports, openLocalFile } from './exportFile.ts';
import { shownName, writeWhole } from './saving.ts';

const formats: Readonly<Record<string, readonly [words: string, extension: string]>> = {
  csv: ['CSV', 'csv'], json: ['JSON', 'json'], ndjson: ['JSON, one object a line', 'ndjson'],
};

export interface ExportOptions {
  /** Throws where no file may be written now: asked before each step. */
  allowed(): void;
  /** Without extension. */
  suggestedName: string;
  next(id: number): void;
  ended(id: number, end: { done?: string; problem?: string }): void;
}

export function createExports({ allowed, suggestedName, next, ended }: ExportOptions): Exports {
  return new Exports({
    allowed,
    choose: (format) => choose(format, suggestedName),
    progress: showProgress,
    next,
    ended(id, end) {
      if (end.problem !== undefined) void vscode.window.showErrorMessage(plainText(end.problem, 500));
      ended(id, end);
    },
  });
}

async function choose(format: string, name: string) {
  const [words, extension] = formats[format] ?? [format.toUpperCase(), format];
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const target = await vscode.window.showSaveDialog({ defaultUri: vscode.Uri.joinPath(folder, `${name}.${extension}`), filters: { [words]: [extension] }, saveLabel: 'Export', title: `Export as ${words}` });
  if (!target) return undefined;
  return {
    name: shownName(target),
    file: () => (target.scheme === 'file' ? openLocalFile(target.fsPath) : Promise.resolve(collectFile((bytes) => writeWhole(target, bytes)))),
  };
}

function showProgress(title: string, cancel: () => void) {
  let show: ((rows: number, total: number) => void) | undefined;
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => { end = resolve; });
  let shown = 0;
  // A short export shows nothing.
  const timer = setTimeout(() => void vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, (view, token) => {
    token.onCancellationRequested(cancel);
    show = (rows, total) => {
      view.report({ message: `${rows.toLocaleString(vscode.env.language)} of ${total.toLocaleString(vscode.env.language)} rows`, increment: total === 0 ? 0 : ((rows - shown) / total) * 100 });
      shown = rows;
    };
    return ended;
  }), 500);
  return {
    report: (rows: number, total: number) => show?.(rows, total),
    end: () => {
      clearTimeout(timer);
      end();
    },
  };
}
