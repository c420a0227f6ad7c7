// The request page's look. Colours come from the editor's theme variables alone; high contrast draws borders where others draw shades.
import { css } from 'lit';
import { answerStyles } from './answerStyles.ts';

const page = css`
  html, body { height: 100%; }
  body { padding: 0; margin: 0; color: var(--vscode-foreground); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); background: var(--vscode-editor-background); overflow: hidden; }
  ob-request { display: grid; height: 100vh; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  ob-request > .center { grid-column: 1 / -1; }
  ob-request *:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px; }
  .request, .response { overflow: auto; min-width: 0; }
  .response { border-left: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); }
  header { position: sticky; top: 0; z-index: 2; padding: 14px 20px 0; background: var(--vscode-editor-background); border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); }
  main { padding: 8px 20px 48px; }
  h1 { font-size: 1.25em; font-weight: 600; margin: 0 4px 0 0; overflow-wrap: anywhere; max-height: 5.2em; overflow: auto; }
  .about, .ended, .doubt, .problems, .chosen, summary, .field > label { overflow-wrap: anywhere; }
  .headline, .toolbar, .links, .sending { display: flex; align-items: center; gap: 8px; flex-wrap: wrap; }
  .badge { display: inline-flex; align-items: center; gap: 3px; padding: 1px 6px; border-radius: 9px; font-size: 0.85em; background: var(--vscode-badge-background); color: var(--vscode-badge-foreground); border: 1px solid var(--vscode-contrastBorder, transparent); }
  .badge .codicon { font-size: 12px; color: inherit; }
  .badge.production { background: var(--vscode-statusBarItem-warningBackground, var(--vscode-badge-background)); color: var(--vscode-statusBarItem-warningForeground, var(--vscode-badge-foreground)); }
  .target { margin: 6px 0 0; overflow-wrap: anywhere; }
  .method { font-weight: 600; }
  .gap { color: var(--vscode-descriptionForeground); }
  .about { margin: 6px 0 0; color: var(--vscode-descriptionForeground); max-width: 90ch; max-height: 5.6em; overflow: auto; white-space: pre-line; }
  .toolbar { margin: 10px 0; row-gap: 6px; }
  .links { margin-left: auto; }
  .inline { display: inline-flex; align-items: center; gap: 4px; }
  .inline select { max-width: 240px; }
  .elapsed { font-variant-numeric: tabular-nums; }
  vscode-progress-ring.small { width: 16px; height: 16px; }
  .tabs { display: flex; align-items: center; gap: 4px; }
  .tabs [role='tab'] { padding: 5px 10px; border: 0; border-bottom: 2px solid transparent; background: none; color: var(--vscode-panelTitle-inactiveForeground, var(--vscode-descriptionForeground)); font: inherit; cursor: pointer; }
  .tabs [aria-selected='true'] { color: var(--vscode-panelTitle-activeForeground, var(--vscode-foreground)); border-bottom-color: var(--vscode-panelTitle-activeBorder, var(--vscode-focusBorder)); font-weight: 600; }
  .count { display: inline-flex; align-items: center; gap: 4px; font-size: 0.9em; }
  .error > .codicon, .count.error .codicon { color: var(--vscode-errorForeground); }
  .warning > .codicon { color: var(--vscode-editorWarning-foreground, var(--vscode-list-warningForeground)); }
  .doubt { margin: 0 0 10px; padding: 6px 12px; border: 1px solid var(--vscode-inputValidation-warningBorder, var(--vscode-contrastBorder, currentColor)); background: var(--vscode-inputValidation-warningBackground, transparent); color: var(--vscode-inputValidation-warningForeground, inherit); max-height: 40vh; overflow: auto; }
  .doubt p { margin: 0; }
  .doubt ul { margin: 4px 0; padding-left: 18px; }
  .doubt .toolbar { margin: 6px 0 0; }
  .notsent { margin: 0 0 8px; overflow-wrap: anywhere; }
  .toolong { margin-top: 2px; }
  .toolong .link { margin-left: 6px; }
  .toolong .codicon, .notsent .codicon { vertical-align: text-bottom; }
  .notsent .codicon { color: var(--vscode-errorForeground); }
  .ended { margin: 0 0 8px; color: var(--vscode-descriptionForeground); }
  fieldset.plain { margin: 0; }
  fieldset:disabled :is(input, select, textarea, button) { opacity: 0.6; cursor: default; }
  fieldset { border: 0; margin: 0 0 12px; padding: 0; min-width: 0; }
  legend { font-weight: 600; font-size: 1.05em; padding: 8px 0 2px; }
  .field { padding: 6px 0; }
  .field > label { display: flex; align-items: baseline; gap: 6px; margin-bottom: 3px; flex-wrap: wrap; }
  .label { font-weight: 600; }
  label code, summary code { color: var(--vscode-descriptionForeground); font-size: 0.9em; }
  code { font-family: var(--vscode-editor-font-family); color: inherit; background: none; padding: 0; }
  .required { color: var(--vscode-errorForeground); }
  .control { display: flex; align-items: center; gap: 4px; }
  input, select, textarea { box-sizing: border-box; font: inherit; color: var(--vscode-input-foreground); background: var(--vscode-input-background); border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent)); border-radius: 2px; padding: 3px 6px; min-height: 26px; color-scheme: inherit; }
  body.vscode-dark input, body.vscode-dark select, body.vscode-high-contrast:not(.vscode-high-contrast-light) input { color-scheme: dark; }
  select { background: var(--vscode-dropdown-background); color: var(--vscode-dropdown-foreground); border-color: var(--vscode-dropdown-border, var(--vscode-contrastBorder, transparent)); }
  .control > input, .control > textarea, .control > select, .moments > input[type='text'] { flex: 1; min-width: 0; }
  .control > select { max-width: 420px; }
  .moments { display: flex; flex: 1; gap: 4px; align-items: center; flex-wrap: wrap; }
  .moments .relative { width: 110px; }
  .moments .day { width: 140px; }
  .unit { color: var(--vscode-descriptionForeground); }
  .moment { margin-top: 2px; color: var(--vscode-descriptionForeground); font-variant-numeric: tabular-nums; }
  input::placeholder, textarea::placeholder { color: var(--vscode-input-placeholderForeground); opacity: 1; }
  [aria-invalid='true'] { border-color: var(--vscode-inputValidation-errorBorder, var(--vscode-errorForeground)); }
  textarea { width: 100%; resize: vertical; font-family: var(--vscode-editor-font-family); font-size: var(--vscode-editor-font-size); }
  main:focus { outline: none; }
  .json textarea { min-height: 50vh; tab-size: 2; }
  .help { margin-top: 2px; color: var(--vscode-descriptionForeground); max-width: 90ch; white-space: pre-line; overflow-wrap: anywhere; }
  .problems { list-style: none; margin: 3px 0 0; padding: 0; }
  .problems li { line-height: 1.4; }
  .problems .codicon { font-size: 14px; vertical-align: text-bottom; }
  details.branch { margin: 6px 0; border-left: 2px solid var(--vscode-panel-border, var(--vscode-contrastBorder, currentColor)); padding-left: 10px; }
  summary { cursor: pointer; padding: 3px 0; }
  summary code, summary .glimpse, summary .required { margin-left: 6px; }
  .glimpse { color: var(--vscode-descriptionForeground); }
  .entry { display: flex; align-items: flex-start; gap: 4px; }
  .entry > .field { flex: 1; min-width: 0; }
  .entry > .icon { margin-top: 28px; }
  .newname { display: flex; align-items: center; gap: 6px; flex-wrap: wrap; padding: 6px 0; }
  button.icon { display: inline-flex; padding: 4px; border: 1px solid transparent; border-radius: 5px; background: none; color: var(--vscode-icon-foreground, inherit); cursor: pointer; }
  button.icon:hover { background: var(--vscode-toolbar-hoverBackground); outline: 1px dashed var(--vscode-toolbar-hoverOutline, transparent); }
  summary button.icon { padding: 0 4px; vertical-align: middle; margin-left: 6px; }
  button.plain { display: inline-flex; align-items: center; gap: 4px; padding: 3px 10px; border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent)); border-radius: 2px; background: var(--vscode-button-secondaryBackground); color: var(--vscode-button-secondaryForeground); font: inherit; cursor: pointer; }
  button.plain:hover { background: var(--vscode-button-secondaryHoverBackground); }
  button.plain:disabled { opacity: 0.5; cursor: default; }
  button.plain .codicon { font-size: 14px; color: inherit; }
  button.link { border: 0; padding: 0; background: none; color: var(--vscode-textLink-foreground); font: inherit; cursor: pointer; text-align: left; }
  button.link:hover { text-decoration: underline; color: var(--vscode-textLink-activeForeground); }
  .chosen, .muted { color: var(--vscode-descriptionForeground); }
  .empty { padding: 24px; text-align: center; }
  .center { display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 12px; min-height: 60vh; padding: 24px; text-align: center; }
  .center p { margin: 0; max-width: 60ch; overflow-wrap: anywhere; white-space: pre-line; }
  .codicon.big { font-size: 32px; color: var(--vscode-errorForeground); }
  .sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  @media (max-width: 900px) {
    body { overflow: auto; }
    ob-request { display: block; height: auto; }
    .request, .response { overflow: visible; }
    .response { border-left: 0; border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); min-height: 50vh; }
    header { position: static; }
    main { padding-bottom: 16px; }
  }
  @media (prefers-reduced-motion: reduce) { * { scroll-behavior: auto !important; animation-duration: 3s !important; } }
`;

export const requestStyles = [page.styleSheet!, ...answerStyles];
