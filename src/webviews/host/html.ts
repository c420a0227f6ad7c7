// The one page shell of all views. Rules it keeps: the policy starts at nothing and names only what a view needs; scripts run by nonce
// alone; there is no inline script, style or style attribute; data never stands in the HTML but comes by message.

export type ViewKind = 'report' | 'pdf' | 'request' | 'transactions';

/**
 * The Content-Security-Policy of a view.
 * `pdf` needs three things more: its worker is started from a blob (an editor's webview allows no other), the worker's file, character
 * maps, fonts and decoders are fetched from the extension, and `wasm-unsafe-eval` lets pdf.js compile its JPEG 2000 decoder, which scanned
 * statements and check images need: its other form is a script that the worker would import, and this policy forbids that. It allows no
 * eval of script.
 * `request` reads large answers in a worker, started the same way, and shows the image that an answer may be, from memory.
 * `transactions` holds its rows in a worker, started the same way.
 * `report` and `transactions` draw a chart that is saved as PNG from an image in memory.
 */
export function contentSecurityPolicy(kind: ViewKind, cspSource: string, nonce: string): string {
  const pdf = kind === 'pdf';
  const worker = pdf || kind === 'request' || kind === 'transactions';
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'${pdf ? ` 'wasm-unsafe-eval'` : ''}`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    ...(kind === 'request' || kind === 'report' || kind === 'transactions' ? ['img-src blob:'] : []),
    ...(worker ? [`connect-src ${cspSource}`, 'worker-src blob:'] : []),
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => escapes[char]!);

const titles: Readonly<Record<ViewKind, string>> = { report: 'Open Banking report', pdf: 'PDF document', request: 'Open Banking request', transactions: 'Open Banking transactions' };

export interface ViewPage {
  kind: ViewKind;
  cspSource: string;
  nonce: string;
  /** The editor's display language, a BCP 47 tag. */
  language: string;
  /** The address under which the view reaches a file of dist/webviews. */
  asset(path: string): string;
}

/** The whole HTML of a view. */
export function viewPage(page: ViewPage): string {
  const asset = (path: string) => escapeHtml(page.asset(path));
  return `<!DOCTYPE html>
<html lang="${escapeHtml(page.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(contentSecurityPolicy(page.kind, page.cspSource, page.nonce))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${titles[page.kind]}</title>
<link rel="stylesheet" id="vscode-codicon-stylesheet" href="${asset('codicons/codicon.css')}">
</head>
<body>
<ob-${page.kind}${page.kind === 'pdf' ? ` data-assets="${asset('pdfjs')}/"` : page.kind === 'request' ? ` data-worker="${asset('jsonWorker.js')}"` : page.kind === 'transactions' ? ` data-worker="${asset('transactionsWorker.js')}"` : ''}></ob-${page.kind}>
<script type="module" nonce="${escapeHtml(page.nonce)}" src="${asset(`${page.kind}.js`)}"></script>
</body>
</html>
`;
}
