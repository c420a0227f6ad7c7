// The PDF view's toolbar as a template: what it shows comes in, what is pressed goes out as an action. It breaks into rows where it is narrow.
import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { live } from 'lit/directives/live.js';
import type { PdfAction } from './pdfKeys.ts';

export interface ToolbarView {
  /** Nothing to work on. */
  off: boolean;
  /** There are bytes to save. */
  save: boolean;
  page: number;
  pages: number;
  scale: number;
  preset: string | undefined;
  side: boolean;
  dark: boolean;
  finding: boolean;
}

export type ToolbarAction = PdfAction | 'side' | 'print';

const steps = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];

export function toolbar(view: ToolbarView, act: (action: ToolbarAction) => void, setPage: (typed: string) => void, setScale: (scale: string) => void): TemplateResult {
  const { off, page, pages, preset } = view;
  const tool = (icon: string | TemplateResult, label: string, action: ToolbarAction, disabled = off, pressed?: boolean, wide = false) => html`<button class=${classMap({ tool: true, pressed: pressed === true, wide })}
    title=${label} aria-label=${label} aria-pressed=${pressed === undefined ? nothing : String(pressed)} ?disabled=${disabled} @click=${() => act(action)}>
    ${typeof icon === 'string' ? html`<span class="codicon codicon-${icon}" aria-hidden="true"></span>` : icon}</button>`;
  return html`<div class="bar" role="toolbar" aria-label="PDF" @keydown=${onKey}>
    <div class="group">
      ${tool('layout-sidebar-left', 'Thumbnails and outline', 'side', off, view.side)}
    </div>
    <div class="group">
      ${tool('arrow-up', 'Previous page', 'previousPage', off || page <= 1)}
      <label class="pageField"><input id="page" aria-label="Page" inputmode="numeric" .value=${live(String(page))} ?disabled=${off} @change=${(event: Event) => setPage((event.target as HTMLInputElement).value)}
        @focus=${(event: Event) => (event.target as HTMLInputElement).select()}> / <span aria-label="of ${pages} pages">${pages || '–'}</span></label>
      ${tool('arrow-down', 'Next page', 'nextPage', off || page >= pages)}
    </div>
    <div class="group">
      ${tool('zoom-out', 'Zoom out (−)', 'zoomOut')}
      <select aria-label="Zoom" ?disabled=${off} @change=${(event: Event) => setScale((event.target as HTMLSelectElement).value)}>${zoomOptions(view.scale, preset)}</select>
      ${tool('zoom-in', 'Zoom in (+)', 'zoomIn')}
      ${tool('arrow-both', 'Fit width (W)', 'fitWidth', off, preset === 'page-width', true)}
      ${tool('screen-full', 'Fit page (P)', 'fitPage', off, preset === 'page-fit', true)}
    </div>
    <div class="group">
      ${tool(turn('left'), 'Rotate left (Shift+R)', 'rotateLeft')}
      ${tool(turn('right'), 'Rotate right (R)', 'rotateRight')}
      ${tool('color-mode', 'Dark reading mode (I)', 'dark', off, view.dark)}
    </div>
    <div class="group end">
      ${tool('search', 'Find (Ctrl+F)', 'find', off, view.finding)}
      ${tool('save-as', 'Save a copy (Ctrl+S)', 'save', !view.save)}
      ${tool(printer, 'Print through the system\'s PDF program', 'print')}
    </div>
  </div>`;
}

function zoomOptions(scale: number, preset: string | undefined) {
  const current = preset ?? String(scale);
  const percent = (value: number) => `${Math.round(value * 100)} %`;
  const own = preset === undefined && !steps.includes(scale);
  return html`
    ${own ? html`<option value=${current} selected .selected=${true}>${percent(scale)}</option>` : nothing}
    <option value="page-width" .selected=${current === 'page-width'}>Fit width</option>
    <option value="page-fit" .selected=${current === 'page-fit'}>Fit page</option>
    ${steps.map((step) => html`<option value=${String(step)} .selected=${current === String(step)}>${percent(step)}</option>`)}`;
}

/** Left and right walk along the toolbar, as in any toolbar. */
function onKey(event: KeyboardEvent): void {
  if ((event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') || !(event.target instanceof HTMLButtonElement)) return;
  const tools = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('button:not(:disabled)')].filter(({ offsetParent }) => offsetParent !== null);
  const at = tools.indexOf(event.target);
  tools[(at + (event.key === 'ArrowRight' ? 1 : -1) + tools.length) % tools.length]?.focus();
  event.preventDefault();
}

/** The editor's icon font has neither a printer nor a page that turns. */
const printer = html`<svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden="true">
  <path d="M4.5 5.5v-4h7v4M4.5 11.5h-2a1 1 0 0 1-1-1v-4a1 1 0 0 1 1-1h11a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1h-2M4.5 9.5h7v5h-7z"/><path d="M12 7.5h.5"/></svg>`;
const turn = (way: 'left' | 'right') => html`<svg class=${way} width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden="true">
  <path d="M2.5 7.5h6v7h-6z"/><path d="M5.5 4.5h4a4 4 0 0 1 4 4v2M11.2 8.7l2.3 2.3 2.3-2.3"/></svg>`;
