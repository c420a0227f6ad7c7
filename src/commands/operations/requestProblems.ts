// Keeps the editor's list of problems in step with the open request documents, a moment after the last change.
import * as vscode from 'vscode';
import { notTold, textProblems, toldOf, type TextProblem } from './problemRules.ts';

/** Longer than the editor's JSON language takes, so that what both find is not shown for a blink. */
const delayMs = 700;

export class RequestProblems implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('openBanking');
  readonly #found = new Map<string, { document: vscode.TextDocument; problems: readonly TextProblem[] }>();
  readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #listeners: readonly vscode.Disposable[];
  /** New requests as they began; those that were typed into have left. */
  readonly #begun = new Map<string, string | undefined>();

  constructor() {
    this.#listeners = [
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        for (const uri of uris) this.#show(uri.toString());
      }),
      // Opened as text, an untouched request tells all.
      vscode.window.onDidChangeVisibleTextEditors(() => {
        for (const [key, text] of this.#begun) if (text !== undefined) this.#show(key);
      }),
    ];
  }

  /** The document was opened or changed. */
  changed(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    this.#follow(document, key);
    clearTimeout(this.#waiting.get(key));
    this.#waiting.set(key, setTimeout(() => {
      this.#waiting.delete(key);
      if (document.isClosed) return;
      this.#found.set(key, { document, problems: textProblems(document.getText()) });
      this.#show(key);
    }, delayMs));
  }

  closed(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.#waiting.get(key));
    this.#waiting.delete(key);
    this.#found.delete(key);
    this.#begun.delete(key);
    this.#collection.delete(document.uri);
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    for (const one of this.#listeners) one.dispose();
    this.#collection.dispose();
  }

  /** An untitled document is empty before it gets its first text. */
  #follow(document: vscode.TextDocument, key: string): void {
    const text = document.getText();
    if (!document.isUntitled || text === '') return;
    if (!this.#begun.has(key)) this.#begun.set(key, text);
    else if (this.#begun.get(key) !== text) this.#begun.set(key, undefined);
  }

  #isUntouchedForm(document: vscode.TextDocument, key: string): boolean {
    return this.#begun.get(key) !== undefined && !vscode.window.visibleTextEditors.some((editor) => editor.document === document);
  }

  #show(key: string): void {
    const found = this.#found.get(key);
    // While a change waits to be looked at, the places of what was found are no longer right.
    if (!found || this.#waiting.has(key)) return;
    const { document, problems } = found;
    // The JSON language gives no source, or its own name; what checks spelling and the like has another.
    const theirs = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === undefined || source === 'json' || source === 'jsonc')
      .map(({ range }) => ({ offset: document.offsetAt(range.start), length: document.offsetAt(range.end) - document.offsetAt(range.start) }));
    const shown = notTold(toldOf(problems, this.#isUntouchedForm(document, key)), theirs).map((problem) => diagnostic(document, problem));
    // Setting them is a change of its own, which comes back here.
    if (!same(shown, this.#collection.get(document.uri) ?? [])) this.#collection.set(document.uri, shown);
  }
}

function diagnostic(document: vscode.TextDocument, { message, offset, length, severity }: TextProblem): vscode.Diagnostic {
  const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
  const one = new vscode.Diagnostic(range, message, severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning);
  one.source = 'Open Banking';
  return one;
}

const same = (a: readonly vscode.Diagnostic[], b: readonly vscode.Diagnostic[]): boolean =>
  a.length === b.length && a.every((one, index) => one.message === b[index]!.message && one.range.isEqual(b[index]!.range) && one.severity === b[index]!.severity);
