// What every view's panel needs the same way: its options, its page, its message channel.
import * as vscode from 'vscode';
import { randomBytes } from 'node:crypto';
import { plainText } from '../../client/plainText.ts';
import type { Presentation } from '../../platform/presentation.ts';
import { ToldError } from '../../platform/errors.ts';
import { isTold } from '../../platform/messages.ts';
import { viewPage, type ViewKind } from './html.ts';

export interface ViewerHost {
  presentation: Presentation;
  context: vscode.ExtensionContext;
  warn(message: string): void;
  showError(error: unknown): void;
  /** Shows in the explorer what an id in a document's body names; `name` is the field's. */
  followId(document: vscode.Uri, name: string, value: string): Promise<void>;
  followMs(uri: vscode.Uri): number;
}

/** Fills the panel with the view's page. The view may load files of dist/webviews and nothing else. */
export function fillPanel(panel: vscode.WebviewPanel, kind: ViewKind, host: ViewerHost): void {
  const root = vscode.Uri.joinPath(host.context.extensionUri, 'dist', 'webviews');
  const { webview } = panel;
  webview.options = { enableScripts: true, localResourceRoots: [root] };
  webview.html = viewPage({
    kind,
    cspSource: webview.cspSource,
    nonce: randomBytes(18).toString('base64url'),
    language: vscode.env.language,
    asset: (path) => webview.asWebviewUri(vscode.Uri.joinPath(root, path)).toString(),
  });
}

/** Runs an action of the user; a failure becomes a message, since nobody else waits for it. `what` is said where its own words are not for people. */
export function act(action: () => PromiseLike<unknown>, what: string, { showError }: Pick<ViewerHost, 'showError'>): void {
  (async () => action())().catch((error: unknown) => {
    showError(isTold(error) ? error : new ToldError(`${what} failed: ${error instanceof Error ? plainText(error.message) : 'the cause is not known'}`));
  });
}
