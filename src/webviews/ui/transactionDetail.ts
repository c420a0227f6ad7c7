// The pane of one transaction: all its fields as they came, and what its sign means. Templates only.
import { html, nothing } from 'lit';
import { kindOf } from './fieldKinds.ts';
import type { Formatter } from './format.ts';
import { signNote } from './reportWords.ts';
import { labelOf } from './transactionFields.ts';
import type { Reply } from './transactionMessages.ts';

export interface DetailActions {
  close(): void;
  copy(): void;
}

/** Fields of fields with their whole path. */
function* fieldsOf(value: Readonly<Record<string, unknown>>, above = ''): Generator<[key: string, value: unknown]> {
  for (const [name, inner] of Object.entries(value)) {
    const key = above === '' ? name : `${above}.${name}`;
    if (typeof inner === 'object' && inner !== null && !Array.isArray(inner) && Object.keys(inner).length > 0) yield* fieldsOf(inner as Readonly<Record<string, unknown>>, key);
    else yield [key, inner];
  }
}

export function detailView(detail: Reply['record'] | undefined, formatter: Formatter, { close, copy }: DetailActions) {
  return html`<aside class="detail" aria-label="The selected transaction">
    <div class="detailhead"><h2>Transaction</h2>
      ${detail ? html`<button type="button" class="tool" title="Copy as JSON" aria-label="Copy the transaction as JSON" @click=${copy}><span class="codicon codicon-json" aria-hidden="true"></span></button>` : nothing}
      <button type="button" class="tool" title="Close" aria-label="Close the transaction's pane" @click=${close}><span class="codicon codicon-close" aria-hidden="true"></span></button></div>
    ${detail ? fieldList(detail, formatter) : html`<p class="muted">Choose a row to see all its fields.</p>`}
  </aside>`;
}

function fieldList({ record, currency, account, accountType }: Reply['record'], formatter: Formatter) {
  const note = signNote(accountType);
  return html`<p class="muted">${account}</p>${note ? html`<p class="muted"><span class="codicon codicon-info" aria-hidden="true"></span> ${note}</p>` : nothing}
    <dl>${[...fieldsOf(record)].map(([key, value]) => {
      const { text, raw } = formatter.show(value, kindOf(key.slice(key.lastIndexOf('.') + 1), value), currency || undefined);
      return html`<div><dt title=${key}>${labelOf(key)}</dt><dd title=${raw}>${text}${text !== raw && value !== null ? html` <code>${raw}</code>` : nothing}</dd></div>`;
    })}</dl>`;
}
