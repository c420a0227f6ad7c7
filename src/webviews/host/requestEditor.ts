// A request's tab: binds the session (requestSession.ts) to the editor's panel and to the text document, which the form edits. What sends,
// picks and shows comes from the composition: this file knows no client and no vault.
import * as vscode from 'vscode';
import type { TextChange } from '../../requests/jsonEdits.ts';
import type { ConnectionChoice } from '../protocol/request.ts';
import { MovedAnswers } from './movedAnswers.ts';
import { fillPanel, type ViewerHost } from './panel.ts';
import { RequestPosts } from './requestPosts.ts';
import { RequestSession, type Ended, type RequestPorts, type Sending, type ShownAnswer } from './requestSession.ts';

/** What the request editor needs of the rest of the extension. */
export interface RequestWork extends Pick<RequestPorts, 'pick' | 'titles'> {
  /** `document` is where the request came from: files of a folder that is not trusted are asked about. */
  send(sending: Sending, document: vscode.Uri): Promise<ShownAnswer | Ended>;
  connections(): { connections: readonly ConnectionChoice[]; active: string };
  addressOf: RequestPorts['addressOf'];
  onDidChangeConnections(listener: () => void): vscode.Disposable;
}

/** The request tabs of this window, so that commands find the one that the person is at. */
export class RequestTabs {
  readonly #open = new Map<vscode.WebviewPanel, RequestSession>();
  readonly #moved = new MovedAnswers(() => Date.now());

  /** The session of the active tab; undefined when that is none of a request. */
  active(): RequestSession | undefined {
    return [...this.#open].find(([panel]) => panel.active)?.[1];
  }

  show(document: vscode.TextDocument, panel: vscode.WebviewPanel, work: RequestWork, host: ViewerHost): void {
    const openText = (at?: number): void => {
      const selection = at === undefined ? undefined : new vscode.Range(document.positionAt(at), document.positionAt(at));
      void vscode.commands.executeCommand('vscode.openWith', document.uri, 'default', { viewColumn: panel.viewColumn, ...(selection && { selection }) });
    };
    const posts = new RequestPosts({ presentation: host.presentation, post: (message) => void panel.webview.postMessage(message), failed: (error) => host.showError(error) });
    const session = new RequestSession({
      text: () => document.getText(),
      change: (changes) => apply(document, changes),
      post: (message) => posts.post(message),
      connections: () => work.connections(),
      addressOf: (connectionId) => work.addressOf(connectionId),
      send: (sending) => work.send(sending, document.uri),
      run: (command, given) => void vscode.commands.executeCommand(command, ...given),
      pick: (request) => work.pick(request),
      openText,
      copyAsCode: () => void vscode.commands.executeCommand('openBanking.copyAsCode'),
      saveAs: () => void vscode.commands.executeCommand('openBanking.saveRequest'),
      failed: (error) => host.showError(error),
      titles: work.titles,
      locale: vscode.env.language,
      now: () => Date.now(),
    });
    this.#open.set(panel, session);
    if (!document.isUntitled) this.#moved.begun(session);
    const left = (): void => {
      posts.left();
      session.hidden();
    };
    const listeners = [
      panel.webview.onDidReceiveMessage((message: unknown) => session.receive(message)),
      panel.onDidChangeViewState(() => { if (!panel.visible) left(); }),
      vscode.workspace.onDidChangeTextDocument((event) => { if (event.document === document && event.contentChanges.length > 0) session.documentChanged(); }),
      work.onDidChangeConnections(() => session.connectionsChanged()),
      // Built anew: nothing of what was shown before stays in the page.
      host.presentation.onDidChange(() => {
        left();
        fillPanel(panel, 'request', host);
      }),
    ];
    panel.onDidDispose(() => {
      posts.left();
      this.#open.delete(panel);
      if (document.isUntitled) this.#moved.left(session);
      else this.#moved.ended(session);
      session.dispose();
      for (const listener of listeners) listener.dispose();
    });
    // The editor itself doubles the ending of an untitled document's name after a reload.
    panel.title = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
    fillPanel(panel, 'request', host);
  }
}

async function apply(document: vscode.TextDocument, changes: readonly TextChange[]): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  for (const { offset, length, content } of changes) edit.replace(document.uri, new vscode.Range(document.positionAt(offset), document.positionAt(offset + length)), content);
  return vscode.workspace.applyEdit(edit);
}
