// Saves a copy of a document where the user says. The bytes go to a neighbour first and are renamed into place, so that an
// interrupted save never leaves half a file under the chosen name.
import * as vscode from 'vscode';
import { plainText } from '../../client/plainText.ts';
import { documentScheme } from '../../documents/scheme.ts';
import { parseResourcePath } from '../../documents/uris.ts';
import { statementFile, statementMonth } from '../../tree/statementMonths.ts';
import { openLocalFile } from './exportFile.ts';

/** A file's name as it may be shown. */
export const shownName = ({ path }: vscode.Uri): string => plainText(path.slice(path.lastIndexOf('/') + 1), 120);

/**
 * `content` is the bytes, or the file that has them and is copied as a stream; `still` throws where nothing may be written any more by the
 * time the user has said where. Resolves false when they dismissed the dialog.
 */
export const saveCopy = (uri: vscode.Uri, content: Uint8Array | vscode.Uri, still: () => void): Promise<boolean> => saveUnder(copyName(uri), content, still, 'Save Copy');

/** A document's own name; a statement's is a mere number, so it gets the name that a range of them has. */
function copyName({ scheme, path }: vscode.Uri): string {
  const ref = scheme === documentScheme ? parseResourcePath(path) : undefined;
  const month = ref?.kind === 'statement' ? statementMonth(ref.index, Date.now()) : undefined;
  return ref?.kind === 'statement' && month ? statementFile(ref.accountId, month) : path.slice(path.lastIndexOf('/') + 1);
}

/** The same under a name of the caller's. */
export async function saveUnder(name: string, content: Uint8Array | vscode.Uri, still: () => void, saveLabel = 'Save'): Promise<boolean> {
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
    filters: { [extension.toUpperCase()]: [extension] },
    saveLabel, title: saveLabel,
  });
  if (!target) return false;
  still();
  await writeWhole(target, content);
  vscode.window.setStatusBarMessage(`$(check) Saved ${shownName(target).replaceAll('$(', '$ (')}`, 5_000);
  return true;
}

/** Writes a file that stands under its name whole or not at all. */
export async function writeWhole(target: vscode.Uri, content: Uint8Array | vscode.Uri): Promise<void> {
  if (target.scheme === 'file' && content instanceof Uint8Array) {
    // Only the user may read it, and no link that somebody left there is followed.
    const file = await openLocalFile(target.fsPath);
    try {
      await file.write(content);
      return await file.finish();
    } catch (error) {
      await file.abandon();
      throw error;
    }
  }
  const part = target.with({ path: `${target.path}.${Date.now().toString(36)}.part` });
  try {
    await (content instanceof Uint8Array ? vscode.workspace.fs.writeFile(part, content) : vscode.workspace.fs.copy(content, part));
    await vscode.workspace.fs.rename(part, target, { overwrite: true });
  } catch (error) {
    await Promise.resolve(vscode.workspace.fs.delete(part)).catch(() => undefined);
    throw error;
  }
}
