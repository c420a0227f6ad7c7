// A resource's `openbanking:` URI. The authority is the connection's id, so two connections never share a document.
import * as vscode from 'vscode';
import { documentScheme } from './scheme.ts';
import { resourcePath, type ResourceRef } from './uris.ts';

/** `query` narrows what is read: fromDate, toDate, includePending for transactions, purpose for a report. */
export function documentUri(connectionId: string, ref: ResourceRef, query: Readonly<Record<string, string>> = {}): vscode.Uri {
  return vscode.Uri.from({ scheme: documentScheme, authority: connectionId, path: resourcePath(ref), query: new URLSearchParams(query).toString() });
}
