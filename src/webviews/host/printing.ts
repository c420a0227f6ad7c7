// Printing through the system: an editor's webview is sandboxed without modal dialogs, so window.print() does nothing there. The PDF
// is therefore written where only the user may read it and opened in the system's own viewer, which prints. The copies hold personal
// data: they go when the window closes, and what a crash left goes with the next print.
import * as vscode from 'vscode';
import { constants, rmSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { PdfSource } from './pdfSource.ts';
import { saveCopy } from './saving.ts';

const staleAfterMs = 24 * 60 * 60 * 1000;

/** `still` throws where nothing may be written any more. */
export async function printPdf(uri: vscode.Uri, source: PdfSource, context: vscode.ExtensionContext, still: () => void): Promise<void> {
  if (vscode.env.remoteName !== undefined || vscode.env.uiKind === vscode.UIKind.Web) {
    const save = 'Save a Copy…';
    const chosen = await vscode.window.showInformationMessage(
      'This window runs on another machine, so your system cannot open the PDF for printing from here. Save a copy, and print that.', save);
    if (chosen !== save) return;
    still();
    await saveCopy(uri, typeof source.content === 'string' ? uri : source.content, still);
    return;
  }
  const file = await writePrivately(source, context);
  if (!(await vscode.env.openExternal(vscode.Uri.file(file)))) throw new Error('the system has no program that opens PDF files.');
  vscode.window.setStatusBarMessage('$(check) The PDF is open in your system\'s viewer: print it there.', 8000);
}

/** Writes a copy into the extension's own storage, readable by the user alone, and answers its path. */
async function writePrivately({ content }: PdfSource, context: vscode.ExtensionContext): Promise<string> {
  const folder = join(context.globalStorageUri.fsPath, 'print');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  await sweep(folder);
  const file = join(folder, `${randomBytes(9).toString('base64url')}.pdf`);
  // Before the bytes are there: a copy that fails half way goes as well.
  context.subscriptions.push({ dispose: () => rmSync(file, { force: true }) });
  if (typeof content !== 'string') await writeFile(file, content, { mode: 0o600, flag: 'wx' });
  else {
    await copyFile(content, file, constants.COPYFILE_EXCL);
    await chmod(file, 0o600);
  }
  return file;
}

async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > staleAfterMs) await rm(file, { force: true }).catch(() => undefined);
  }
}
