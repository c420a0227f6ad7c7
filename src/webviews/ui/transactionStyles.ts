// The look of the transactions page. Colours come from the editor's theme variables alone; high contrast draws borders where others draw shades.
import { css } from 'lit';
import { chartStyles } from './chart.ts';
import { gridStyles } from './grid.ts';

const page = css`
  html, body { height: 100%; }
  body { padding: 0; margin: 0; color: var(--vscode-foreground); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); background: var(--vscode-editor-background); }
  ob-transactions { display: flex; flex-direction: column; height: 100vh; min-width: 0; overflow: hidden; }
  ob-transactions *:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px; }
  h1 { font-size: 1.25em; font-weight: 600; margin: 0; }
  h2 { font-size: 1.05em; font-weight: 600; margin: 0; }
  .bar { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; padding: 8px 14px 4px; }
  .bar .end { margin-left: auto; }
  .tools { display: flex; flex-wrap: wrap; align-items: center; gap: 2px; }
  .muted { color: var(--vscode-descriptionForeground); }
  button.tool, summary.tool { display: inline-flex; align-items: center; gap: 4px; padding: 3px 6px; border: 1px solid var(--vscode-contrastBorder, transparent); border-radius: 4px; background: none; color: var(--vscode-foreground); font: inherit; cursor: pointer; list-style: none; white-space: nowrap; }
  summary.tool::-webkit-details-marker { display: none; }
  button.tool:hover, summary.tool:hover { background: var(--vscode-toolbar-hoverBackground); }
  button.tool:disabled, summary.tool[aria-disabled='true'] { opacity: 0.5; cursor: default; }
  button.tool[aria-pressed='true'], .chosen { background: var(--vscode-inputOption-activeBackground); border-color: var(--vscode-inputOption-activeBorder, transparent); color: var(--vscode-inputOption-activeForeground, inherit); }
  .chosen { padding: 0 5px; border-radius: 8px; }
  body.vscode-high-contrast button.tool[aria-pressed='true'] { border: 2px solid var(--vscode-contrastActiveBorder, currentColor); padding: 2px 5px; }
  button.main { padding: 4px 10px; border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent)); border-radius: 2px; background: var(--vscode-button-background); color: var(--vscode-button-foreground); font: inherit; cursor: pointer; }
  button.main:hover { background: var(--vscode-button-hoverBackground); }
  ob-transaction-menu { display: contents; }
  .pop { position: fixed; z-index: 10; box-sizing: border-box; width: max-content; min-width: min(220px, calc(100vw - 8px)); max-width: min(420px, calc(100vw - 8px)); overflow: auto; padding: 8px 10px; display: flex; flex-direction: column; gap: 6px; background: var(--vscode-menu-background, var(--vscode-editorWidget-background)); color: var(--vscode-menu-foreground, var(--vscode-foreground)); border: 1px solid var(--vscode-menu-border, var(--vscode-contrastBorder, var(--vscode-widget-border, transparent))); box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent); }
  .list { max-height: 300px; overflow: auto; display: flex; flex-direction: column; gap: 4px; }
  .check { display: flex; align-items: center; gap: 6px; cursor: pointer; }
  .check input { margin: 0; accent-color: var(--vscode-button-background); }
  .pop p { margin: 0 0 6px; }
  .pop fieldset { border: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, currentColor)); margin: 0 0 8px; }
  .columnrow { display: flex; align-items: center; gap: 2px; }
  .columnrow .check { flex: 1; min-width: 0; }
  .filters { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; padding: 0 14px 6px; }
  .filters fieldset { display: flex; flex-wrap: wrap; gap: 3px; align-items: center; border: 0; margin: 0; padding: 0; }
  .filters legend { float: left; padding: 0 4px 0 0; color: var(--vscode-descriptionForeground); }
  input:not([type='checkbox']), select { box-sizing: border-box; padding: 3px 6px; color: var(--vscode-input-foreground); background: var(--vscode-input-background); border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent)); font: inherit; color-scheme: inherit; }
  select { color: var(--vscode-dropdown-foreground); background: var(--vscode-dropdown-background); border-color: var(--vscode-dropdown-border, var(--vscode-contrastBorder, transparent)); }
  body.vscode-dark, body.vscode-high-contrast:not(.vscode-high-contrast-light) { color-scheme: dark; }
  ::placeholder { color: var(--vscode-input-placeholderForeground); }
  .short { width: 80px; }
  input[aria-invalid='true'] { border-color: var(--vscode-inputValidation-errorBorder, var(--vscode-errorForeground)); }
  .refused { flex-basis: 100%; margin: 0; color: var(--vscode-errorForeground); }
  .search { position: relative; display: inline-flex; align-items: center; flex: 1 1 180px; max-width: 320px; }
  .search .codicon { position: absolute; left: 6px; color: var(--vscode-descriptionForeground); }
  .search input { width: 100%; padding-left: 26px; }
  .inline { display: inline-flex; align-items: center; gap: 4px; }
  .state { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; padding: 2px 14px 6px; }
  .state.bad { color: var(--vscode-inputValidation-errorForeground, inherit); background: var(--vscode-inputValidation-errorBackground, transparent); border: 1px solid var(--vscode-inputValidation-errorBorder, var(--vscode-contrastBorder, currentColor)); padding: 6px 14px; margin: 0 14px 6px; }
  .state.bad p { margin: 0; flex: 1 1 300px; overflow-wrap: anywhere; }
  progress { accent-color: var(--vscode-progressBar-background); height: 6px; width: 160px; }
  .charts { display: flex; gap: 12px; overflow-x: auto; padding: 0 14px 8px; flex: 0 0 auto; max-height: 45vh; overflow-y: auto; flex-wrap: wrap; }
  .charts > * { flex: 1 1 340px; min-width: 280px; }
  .middle { flex: 1; min-height: 0; display: flex; }
  .foot { display: flex; flex-wrap: wrap; gap: 2px 16px; align-items: baseline; padding: 6px 14px; border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); font-variant-numeric: tabular-nums; }
  .foot .sum { white-space: nowrap; }
  .center { flex: 1; display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 10px; padding: 24px; text-align: center; }
  .center p { margin: 0; max-width: 60ch; overflow-wrap: anywhere; }
  .detail { flex: 0 0 min(340px, 45vw); overflow: auto; padding: 8px 14px; border-left: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); box-sizing: border-box; }
  .detailhead { display: flex; align-items: center; gap: 2px; }
  .detailhead h2 { flex: 1; }
  .detail dl { margin: 8px 0; }
  .detail dl > div { padding: 3px 0; border-bottom: 1px solid color-mix(in srgb, var(--vscode-foreground), transparent 85%); }
  .detail dt { color: var(--vscode-descriptionForeground); }
  .detail dd { margin: 0; overflow-wrap: anywhere; }
  code { font-family: var(--vscode-editor-font-family); color: var(--vscode-descriptionForeground); background: none; }
  .said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  @media (max-width: 700px) { .detail { position: absolute; right: 0; top: 0; bottom: 0; z-index: 5; background: var(--vscode-editor-background); } .middle { position: relative; } }
`;

const grid = css`
  ob-transaction-grid { flex: 1; min-width: 0; display: flex; }
  .tgrid { flex: 1; min-width: 0; overflow: auto; position: relative; border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); scrollbar-color: var(--vscode-scrollbarSlider-activeBackground) transparent; overflow-anchor: none; }
  ob-transactions .tgrid:focus-visible { outline: none; }
  .thead, .trow { display: grid; grid-template-columns: var(--tracks); min-width: var(--width); width: 100%; height: var(--row); box-sizing: border-box; }
  .thead { position: sticky; top: 0; z-index: 2; background: var(--vscode-editor-background); box-shadow: 0 1px 0 var(--vscode-panel-border, var(--vscode-contrastBorder, currentColor)); font-weight: 600; }
  .thead .tcell { cursor: pointer; position: relative; display: flex; gap: 4px; align-items: center; user-select: none; }
  .thead .tcell.right { justify-content: flex-end; }
  .thead .dropbefore { box-shadow: inset 2px 0 0 var(--vscode-focusBorder); }
  .thead .dropafter { box-shadow: inset -2px 0 0 var(--vscode-focusBorder); }
  .tlabel { overflow: hidden; text-overflow: ellipsis; }
  .tsize { position: absolute; right: -3px; top: 0; bottom: 0; width: 7px; cursor: col-resize; z-index: 1; }
  .tsize:hover { background: var(--vscode-sash-hoverBorder, var(--vscode-focusBorder)); }
  .tbody { position: relative; min-width: var(--width); overflow: hidden; }
  .tdrawn { position: absolute; top: 0; left: 0; right: 0; will-change: transform; contain: layout style; }
  .thead { contain: none; }
  .trow { position: absolute; top: 0; left: 0; contain: strict; }
  .trow.odd { background: var(--vscode-keybindingTable-rowsBackground, transparent); }
  .trow:hover { background: var(--vscode-list-hoverBackground); color: var(--vscode-list-hoverForeground, inherit); }
  .trow.selected { background: var(--vscode-list-inactiveSelectionBackground); color: var(--vscode-list-inactiveSelectionForeground, inherit); }
  .tgrid:focus .trow.selected { background: var(--vscode-list-activeSelectionBackground); color: var(--vscode-list-activeSelectionForeground, inherit); }
  .trow.pending { font-style: italic; }
  .trow.shadow .tcell { text-decoration: line-through; text-decoration-color: var(--vscode-descriptionForeground); }
  .tmark { display: inline-flex; align-items: center; gap: 3px; margin-right: 6px; padding: 0 4px; border: 1px solid currentColor; border-radius: 3px; font-size: 0.85em; line-height: 1.4; vertical-align: middle; text-decoration: none; }
  .tmark .codicon { font-size: 12px; }
  .tcell { padding: 0 8px; line-height: var(--row); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }
  .thead .tcell { overflow: visible; }
  .tcell .codicon { font-size: 14px; vertical-align: text-bottom; }
  .tcell.right { text-align: right; font-variant-numeric: tabular-nums; }
  .tcell.blank { color: var(--vscode-descriptionForeground); }
  .tgrid:focus .tcell.active { outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px; }
  .tgroup { font-weight: 600; }
  .ttitle { cursor: pointer; display: inline-block; min-width: 9em; max-width: 24em; overflow: hidden; text-overflow: ellipsis; vertical-align: bottom; }
  .tcount { color: var(--vscode-descriptionForeground); font-weight: 400; margin: 0 12px 0 6px; display: inline-block; min-width: 4em; text-align: right; }
  .narrow .tcount { margin: 0 0 0 6px; min-width: 0; }
  .narrow .ttitle { width: auto; min-width: 0; }
  .tsums { font-weight: 400; font-variant-numeric: tabular-nums; margin-right: 16px; }
  body.vscode-high-contrast .trow.selected, body.vscode-high-contrast-light .trow.selected { outline: 1px solid var(--vscode-contrastActiveBorder, currentColor); outline-offset: -1px; }
  body.vscode-high-contrast .trow:hover, body.vscode-high-contrast-light .trow:hover { outline: 1px dashed var(--vscode-contrastActiveBorder, currentColor); outline-offset: -1px; }
`;

export const transactionStyles = [page, grid, chartStyles, gridStyles].map((sheet) => sheet.styleSheet!);
