// Paste cURL as Request: the clipboard's cURL command, or one that is asked for, as a request document. Keys and tokens in it are dropped.
import * as vscode from 'vscode';
import { noLinks, plainText } from '../../client/plainText.ts';
import type { Connections } from '../../credentials/connections.ts';
import { fromCurl, type PastedRequest } from '../../snippets/fromCurl.ts';
import { CurlError } from '../../snippets/parseCurl.ts';
import { fromVault } from '../../requests/document.ts';
import { documentText } from '../../requests/newRequest.ts';
import { openRequest, type RunParts } from './runOperation.ts';

export interface PasteParts extends RunParts {
  connections: Pick<Connections, 'active' | 'list'>;
}

/** Longer ones are no command that somebody copied. */
const longest = 5_000_000;

export async function pasteCurl(parts: PasteParts): Promise<void> {
  const clipboard = await vscode.env.clipboard.readText();
  const text = /\bcurl\b/i.test(clipboard.slice(0, 10_000)) ? clipboard : await ask();
  if (text === undefined || text.trim() === '') return;
  try {
    if (text.length > longest) throw new CurlError('This is too long for a cURL command.');
    const pasted = fromCurl(text, { baseUrls: parts.connections.list().map(({ baseUrl }) => baseUrl), credentialOperations: fromVault });
    await openRequest(parts, pasted.entry, documentText(pasted.entry, pasted));
    void vscode.window.showInformationMessage(plainText(told(pasted, parts.connections.active().label), 700));
  } catch (error) {
    if (!(error instanceof CurlError)) throw error;
    void vscode.window.showErrorMessage(noLinks(plainText(`${error.message}${place(text, error.at)}`, 700)));
  }
}

const ask = (): Thenable<string | undefined> => vscode.window.showInputBox({
  title: 'Paste cURL as Request', prompt: 'The clipboard holds no cURL command. Keys and tokens in it are left out.', placeHolder: 'curl https://api.finicity.com/…', ignoreFocusOut: true,
});

function told({ entry, host, notes }: PastedRequest, connection: string): string {
  return [`${entry.operationId}${host === '' ? '' : `, as it was for ${host}`}.`, ...notes, `Sending it goes to the active connection, ${connection}.`].join(' ');
}

/** Line and column of a place in what was pasted, where it has several lines. */
function place(text: string, at: number | undefined): string {
  if (at === undefined || !text.includes('\n')) return '';
  const before = text.slice(0, at).split('\n');
  return ` (Line ${before.length}, column ${before.at(-1)!.length + 1} of what was pasted.)`;
}
