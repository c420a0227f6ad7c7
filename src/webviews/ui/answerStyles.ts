// The look of an answer. Colours come from the editor's theme variables alone; high contrast draws borders where others draw shades.
// `--answer-height` bounds the body's own scrolling area; a page that gives it another sets it on <ob-answer>.
import { css } from 'lit';

const head = css`
  ob-answer { display: block; min-width: 0; container-type: inline-size; color: var(--vscode-foreground); }
  ob-answer *:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px; }
  ob-answer h2, ob-answer h3 { font-size: 1.1em; font-weight: 600; margin: 0; overflow-wrap: anywhere; }
  ob-answer p { margin: 4px 0; overflow-wrap: anywhere; }
  ob-answer .answer { position: relative; display: flex; flex-direction: column; gap: 8px; min-width: 0; padding: 14px 16px; }
  ob-answer .answer.old > :not(.earlier, .said) { opacity: 0.6; }
  ob-answer .earlier { padding: 4px 8px; border: 1px solid var(--vscode-inputValidation-infoBorder, var(--vscode-contrastBorder, currentColor)); }
  ob-answer .earlier .codicon { vertical-align: text-bottom; }
  ob-answer .senttarget { flex: 1 1 100%; order: -1; margin: 0; color: var(--vscode-descriptionForeground); }
  ob-answer .answerhead { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; }
  ob-answer .state { display: flex; align-items: center; gap: 6px; }
  ob-answer .state.ok .codicon { color: var(--vscode-testing-iconPassed, var(--vscode-charts-green, currentColor)); }
  ob-answer .state.bad .codicon { color: var(--vscode-errorForeground, currentColor); }
  ob-answer .facts { display: flex; flex-wrap: wrap; gap: 2px 14px; list-style: none; margin: 0; padding: 0; color: var(--vscode-descriptionForeground); }
  ob-answer .facts .codicon { font-size: 14px; vertical-align: text-bottom; }
  ob-answer .buttons { display: flex; flex-wrap: wrap; gap: 6px; }
  ob-answer .answerhead .buttons { margin-left: auto; }
  ob-answer .headers { flex: 1 0 100%; min-width: 0; }
  ob-answer summary { cursor: pointer; width: max-content; padding: 2px 0; color: var(--vscode-foreground); }
  ob-answer .headers dl { margin: 0; }
  ob-answer .header { display: grid; grid-template-columns: minmax(90px, 200px) minmax(0, 1fr) auto; align-items: center; gap: 8px; border-bottom: 1px solid color-mix(in srgb, var(--vscode-foreground), transparent 85%); }
  ob-answer .header dt { color: var(--vscode-descriptionForeground); overflow-wrap: anywhere; }
  ob-answer .header dd { margin: 0; font-family: var(--vscode-editor-font-family); overflow-wrap: anywhere; }
  ob-answer .problem { padding: 8px 14px; border: 1px solid var(--vscode-inputValidation-errorBorder, var(--vscode-contrastBorder, currentColor)); background: var(--vscode-inputValidation-errorBackground, transparent); color: var(--vscode-inputValidation-errorForeground, inherit); }
  ob-answer .problem ul { margin: 2px 0 6px; padding-left: 20px; }
  ob-answer .problem .buttons { margin-top: 8px; }
  ob-answer .problem h3 .codicon { vertical-align: text-bottom; }
  ob-answer .code { font-weight: 400; font-family: var(--vscode-editor-font-family); }
  ob-answer .label { font-weight: 600; margin-top: 8px; }
  ob-answer .linklife { flex: 1 1 100%; }
  ob-answer .note, ob-answer .linklife, ob-answer .empty { color: var(--vscode-descriptionForeground); }
  ob-answer .soon { animation: ob-appear 1ms 250ms backwards; }
  @keyframes ob-appear { from { visibility: hidden; } }
  ob-answer .note .codicon, ob-answer .damage .codicon { vertical-align: text-bottom; }
  ob-answer .damage { padding: 4px 8px; border: 1px solid var(--vscode-inputValidation-warningBorder, var(--vscode-contrastBorder, currentColor)); background: var(--vscode-inputValidation-warningBackground, transparent); color: var(--vscode-inputValidation-warningForeground, inherit); }
  ob-answer .said { position: absolute; right: 0; bottom: 0; z-index: 2; padding: 2px 10px; background: var(--vscode-editorWidget-background, var(--vscode-editor-background)); color: var(--vscode-editorWidget-foreground, inherit); border: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border, transparent)); pointer-events: none; }
  ob-answer .said:empty { border: 0; padding: 0; }
  @container (max-width: 760px) { ob-answer .answerhead .buttons { margin-left: 0; } }
  @container (max-width: 400px) { ob-answer .answer { padding: 8px; } }
`;

const body = css`
  ob-answer .body { min-width: 0; }
  ob-answer .card { display: flex; gap: 14px; align-items: flex-start; padding: 12px 14px; border: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, currentColor)); }
  ob-answer .card .buttons { margin-top: 8px; }
  ob-answer .cardtitle { font-weight: 600; }
  ob-answer .codicon.big { font-size: 28px; }
  ob-answer figure { margin: 0; }
  ob-answer figure img { max-width: 100%; max-height: var(--answer-height, 70vh); border: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); background: var(--vscode-editorWidget-background, transparent); }
  ob-answer figcaption { color: var(--vscode-descriptionForeground); }
  ob-answer .hex { overflow-x: auto; margin: 4px 0; padding: 8px; font-family: var(--vscode-editor-font-family); font-size: var(--vscode-editor-font-size); background: var(--vscode-textCodeBlock-background, transparent); border: 1px solid var(--vscode-contrastBorder, transparent); }
  ob-answer .switch { display: flex; margin-bottom: 6px; }
  ob-answer .switch button { padding: 2px 10px; border: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, currentColor)); background: none; color: inherit; font: inherit; cursor: pointer; }
  ob-answer .switch button + button { border-left: 0; }
  ob-answer .switch button[aria-pressed='true'] { background: var(--vscode-inputOption-activeBackground); color: var(--vscode-inputOption-activeForeground, inherit); font-weight: 600; text-decoration: underline; text-underline-offset: 3px; }
  ob-answer .reading { display: flex; align-items: center; gap: 8px; color: var(--vscode-descriptionForeground); }
  ob-answer progress { accent-color: var(--vscode-progressBar-background); }
  ob-answer .bodybar { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; margin-bottom: 4px; }
  ob-answer .find { display: flex; flex-wrap: wrap; flex: 1 1 290px; align-items: center; gap: 4px; min-width: 0; }
  ob-answer .query { flex: 1 1 110px; min-width: 80px; max-width: 260px; box-sizing: border-box; padding: 3px 6px; color: var(--vscode-input-foreground); background: var(--vscode-input-background); border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent)); font: inherit; }
  ob-answer .query::placeholder { color: var(--vscode-input-placeholderForeground); }
  ob-answer .hits { color: var(--vscode-descriptionForeground); white-space: nowrap; }
  ob-answer .tools { display: flex; flex-wrap: wrap; align-items: center; gap: 2px; }
  ob-answer .gap { width: 8px; }
  ob-answer button.tool { display: inline-flex; padding: 3px; border: 1px solid transparent; border-radius: 5px; background: none; color: var(--vscode-icon-foreground, inherit); cursor: pointer; }
  ob-answer button.tool:hover:not(:disabled) { background: var(--vscode-toolbar-hoverBackground); outline: 1px dashed var(--vscode-toolbar-hoverOutline, transparent); }
  ob-answer button.tool:disabled { opacity: 0.4; cursor: default; }
  ob-answer button.tool[aria-pressed='true'] { background: var(--vscode-inputOption-activeBackground); border-color: var(--vscode-inputOption-activeBorder, transparent); color: var(--vscode-inputOption-activeForeground, inherit); }
  ob-answer button.tool.words { padding: 1px 6px; color: var(--vscode-foreground); font: inherit; }
  ob-answer button.inline { padding: 0 4px; border: 0; background: none; color: var(--vscode-textLink-foreground); font: inherit; cursor: pointer; text-decoration: underline; }
`;

const rows = css`
  ob-json-tree, ob-text-lines { display: block; min-width: 0; }
  ob-answer .rows { overflow: auto; max-height: var(--answer-height, max(240px, 70vh)); min-height: 60px; overflow-anchor: none; border: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); font-family: var(--vscode-editor-font-family); font-size: var(--vscode-editor-font-size); scrollbar-color: var(--vscode-scrollbarSlider-activeBackground) transparent; }
  ob-answer .rows-all { position: relative; min-width: 100%; width: max-content; contain: layout style; }
  ob-answer .rows-drawn { min-width: 100%; width: max-content; will-change: transform; }
  ob-answer .row { display: flex; align-items: center; height: var(--row); line-height: var(--row); white-space: pre; box-sizing: border-box; }
  ob-answer .tree .row { padding: 0 8px 0 calc(4px + 14px * var(--level)); cursor: default; }
  ob-answer .tree .row:hover { background: var(--vscode-list-hoverBackground); }
  ob-answer .tree .row.active { background: var(--vscode-list-inactiveSelectionBackground); color: var(--vscode-list-inactiveSelectionForeground, inherit); outline: 1px solid var(--vscode-contrastActiveBorder, transparent); outline-offset: -1px; }
  ob-answer .tree:focus { outline: none; }
  ob-answer .tree:focus .row.active { background: var(--vscode-list-activeSelectionBackground); color: var(--vscode-list-activeSelectionForeground); outline: 1px solid var(--vscode-list-focusOutline, var(--vscode-focusBorder)); }
  ob-answer .tree:focus .row.active span { color: inherit; }
  ob-answer .twistie { flex: none; width: 16px; font-size: 16px; }
  ob-answer .key { color: var(--vscode-debugTokenExpression-name, inherit); }
  ob-answer .index, ob-answer .mark, ob-answer .count, ob-answer .preview, ob-answer .moment { color: var(--vscode-descriptionForeground); }
  ob-answer .key + .mark, ob-answer .index + .mark { margin-right: 1ch; }
  ob-answer .preview, ob-answer .moment { margin-left: 1.5ch; font-style: italic; }
  ob-answer .value.string { color: var(--vscode-debugTokenExpression-string, inherit); }
  ob-answer .value.number { color: var(--vscode-debugTokenExpression-number, inherit); }
  ob-answer .value.boolean, ob-answer .value.null { color: var(--vscode-debugTokenExpression-boolean, inherit); }
  ob-answer .value.link { color: var(--vscode-textLink-foreground); text-decoration: underline; cursor: pointer; }
  ob-answer .row mark { color: inherit; background: var(--vscode-editor-findMatchHighlightBackground, transparent); outline: 1px solid var(--vscode-editor-findMatchHighlightBorder, var(--vscode-contrastActiveBorder, transparent)); }
  ob-answer .row.active mark { background: var(--vscode-editor-findMatchBackground, transparent); outline: 2px solid var(--vscode-editor-findMatchBorder, currentColor); }
  ob-answer .acts { position: sticky; right: 8px; display: inline-flex; margin-left: 12px; background: var(--vscode-editorWidget-background, var(--vscode-editor-background)); border: 1px solid var(--vscode-contrastBorder, transparent); border-radius: 5px; }
  ob-answer .acts .tool { padding: 1px; }
  ob-answer .tree:focus .row.active .acts span { color: var(--vscode-icon-foreground); }
  ob-answer .lines .number { position: sticky; left: 0; flex: none; min-width: var(--digits); padding-right: 1ch; text-align: right; color: var(--vscode-editorLineNumber-foreground); background: var(--vscode-editor-background); user-select: none; }
  ob-answer .lines .row.active .number { color: var(--vscode-editorLineNumber-activeForeground, inherit); font-weight: 600; }
  ob-answer .lines .line { padding-right: 8px; tab-size: 4; }
  ob-answer .pane { margin-top: 6px; border: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, currentColor)); }
  ob-answer .panebar { display: flex; align-items: center; gap: 8px; padding: 2px 8px; color: var(--vscode-descriptionForeground); }
  ob-answer .panebar span:first-child { margin-right: auto; }
  ob-answer .panetext { max-height: 40vh; overflow: auto; margin: 0; padding: 8px; white-space: pre-wrap; overflow-wrap: anywhere; font-family: var(--vscode-editor-font-family); font-size: var(--vscode-editor-font-size); }
`;

export const answerStyles = [head, body, rows].map((sheet) => sheet.styleSheet!);
