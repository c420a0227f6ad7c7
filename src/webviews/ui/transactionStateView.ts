// What stands around the table: how far the reading or an export is and what can be done about it, what is said in place of rows, and the sums
// below. Templates only.
import { html, nothing } from 'lit';
import type { Formatter } from './format.ts';
import type { Summary } from './transactionMessages.ts';
import type { ReadingProgress } from './transactionReading.ts';
import type { SavingState } from './transactionSaving.ts';
import type { Totals } from './transactionSums.ts';
import { loadedWords, rowsWords, shownWords, sumNotes, sumWords } from './transactionWords.ts';

export interface StateActions {
  goOn(): void;
  stop(): void;
  reload(): void;
  stopExport(): void;
}

const tool = (icon: string, label: string, act: () => void) =>
  html`<button type="button" class="tool" @click=${act}><span class="codicon codicon-${icon}" aria-hidden="true"></span>${label}</button>`;

export function stateView(progress: ReadingProgress, saving: SavingState | undefined, loaded: number, numbers: Intl.NumberFormat, { goOn, stop, reload, stopExport }: StateActions) {
  const { state, problem, found, awaited } = progress;
  const words = loadedWords(loaded, found, numbers);
  const before = awaited && loaded > 0;
  if (saving) return html`<div class="state" role="group" aria-label="Export"><progress max=${saving.total || 1} .value=${saving.rows}></progress>
    <span>Exporting: ${loadedWords(saving.rows, saving.total, numbers)}</span><button type="button" class="tool" @click=${stopExport}>Cancel</button></div>`;
  const doubt = doubtOf(progress);
  const again = doubt === undefined ? nothing : html`<span>${doubt}</span>${tool('refresh', 'Reload', reload)}`;
  switch (state) {
    case 'loading': return html`<div class="state" role="group" aria-label="Reading">${found === undefined || before ? html`<progress aria-label="Reading"></progress>` : html`<progress aria-label="Reading" max=${found || 1} .value=${Math.min(loaded, found)}></progress>`}
      <span id="progress">${before ? 'Reading again; what was read before stays until then.' : words}</span>${tool('debug-stop', 'Stop', stop)}</div>`;
    case 'failed': return html`<div class="state bad" role="alert"><p>${problem ?? 'The transactions could not be read.'}${loaded > 0 ? html` <span>${words} are loaded and stay.</span>` : nothing}</p>
      <button type="button" class="main" @click=${loaded > 0 ? goOn : reload}>Retry</button></div>`;
    case 'stopped': return html`<div class="state" role="status"><span>${before ? 'Stopped before anything new was here; what was read before stays.' : `Stopped: ${words}.`}</span>${tool('debug-continue', before ? 'Read Again' : 'Read On', goOn)}${again}</div>`;
    case 'paused': return html`<div class="state" role="status"><span>${words} are loaded.</span>${tool('debug-continue', 'Read the Rest', goOn)}${again}</div>`;
    case 'loaded': return doubt === undefined ? nothing : html`<div class="state" role="status">${again}</div>`;
  }
}

/** Why what is shown may not be what there is. */
function doubtOf({ state, problem, changed, moved }: ReadingProgress): string | undefined {
  if (problem !== undefined && state === 'loaded') return problem;
  if (changed) return 'Something changed at the source since this was read.';
  return moved ? 'The list changed while it was read: a row may be missing or be there twice.' : undefined;
}

export function emptyView({ state, range }: ReadingProgress, formatter: Formatter) {
  if (state === 'loading') return html`<div class="center" role="status"><vscode-progress-ring></vscode-progress-ring><p>Reading transactions…</p></div>`;
  if (state === 'failed') return nothing;
  const show = (seconds: number) => formatter.show(seconds, 'day').text;
  return html`<div class="center"><p>${state === 'stopped' ? 'The reading was stopped.' : `There are no transactions from ${range ? `${show(range.from)} to ${show(range.to)}` : 'the range'}.`}</p>
    <p class="muted">An account has none before it was refreshed once. Older ones come with Load History; another range is chosen above.</p></div>`;
}

export function footView(summary: Summary, selected: Totals | undefined, busy: boolean, formatter: Formatter, numbers: Intl.NumberFormat) {
  const several = selected !== undefined && selected.rows > 1;
  const totals = several ? selected : summary.totals;
  const notes = sumNotes(totals, numbers);
  return html`<div class="foot" role="group" aria-label=${several ? 'Sums of the selection' : 'Sums of what is shown'}>
    <strong>${several ? `Selected: ${rowsWords(totals.rows, numbers)}` : shownWords(summary, numbers)}</strong>
    ${busy ? html`<span class="muted">…</span>` : nothing}
    ${sumWords(totals, formatter, numbers).map((sum) => html`<span class="sum">${sum.currency === '' ? nothing : html`<strong>${sum.currency}</strong> `}In ${sum.in}</span> <span class="sum">Out ${sum.out}</span> <span class="sum">Net ${sum.net}</span> `)}
    ${notes.length > 0 ? html`<span class="muted">${notes.join(' ')}</span>` : nothing}
  </div>`;
}
