// Serves `openbanking-schema:/<operation>.json` to the editor's JSON language, which asks for it by a request document's "$schema".
import type * as vscode from 'vscode';

export const requestSchemas: vscode.TextDocumentContentProvider = {
  async provideTextDocumentContent(uri) {
    const [{ findOperation }, { requestDocumentSchema }, { textSchema }] = await Promise.all([import('../../api/catalogue.ts'), import('../../api/schemas.ts'), import('../../requests/textSchema.ts')]);
    const entry = findOperation(uri.path.replace(/^\//, '').replace(/\.json$/, ''));
    return JSON.stringify(entry ? textSchema(requestDocumentSchema(entry.operationId)) : {});
  },
};
