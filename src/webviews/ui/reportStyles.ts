// The report page's look. Colours come from the editor's theme variables alone; high contrast draws borders where others draw shades.
import { css } from 'lit';
import { chartStyles } from './chart.ts';
import { gridStyles } from './grid.ts';

const page = css`
  body { padding: 0 0 48px; margin: 0; color: var(--vscode-foreground); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); background: var(--vscode-editor-background); }
  ob-report { display: block; }
  ob-report *:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px; }
  header { padding: 16px 24px 8px; }
  h1 { font-size: 1.5em; font-weight: 600; margin: 0; }
  .headline, .buttons, .tools, .running { display: flex; align-items: center; gap: 8px; flex-wrap: wrap; }
  .headline .buttons { margin-left: auto; }
  vscode-badge.failure { --vscode-badge-background: var(--vscode-inputValidation-errorBackground); --vscode-badge-foreground: var(--vscode-inputValidation-errorForeground, var(--vscode-foreground)); }
  vscode-progress-ring.small { width: 16px; height: 16px; }
  dl { margin: 0; }
  dt { color: var(--vscode-descriptionForeground); }
  dd { margin: 0; overflow-wrap: anywhere; }
  dl.facts { display: flex; flex-wrap: wrap; gap: 8px 28px; margin-top: 12px; }
  dl.figures { display: flex; flex-wrap: wrap; gap: 12px; margin: 8px 0 16px; }
  .figure { display: flex; flex-direction: column; min-width: 150px; padding: 8px 14px; border: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, currentColor)); border-radius: 4px; }
  .figure dd.value { font-size: 1.5em; font-weight: 600; font-variant-numeric: tabular-nums; order: -1; }
  .figure .under { color: var(--vscode-descriptionForeground); font-size: 0.9em; }
  .figure .codicon { font-size: 0.8em; }
  .figure.attention .codicon { color: var(--vscode-editorWarning-foreground, inherit); }
  .figure.bad .codicon { color: var(--vscode-errorForeground, inherit); }
  .figure.good .codicon { color: var(--vscode-testing-iconPassed, inherit); }
  .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 460px), 1fr)); gap: 8px 28px; align-items: start; }
  dl.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 340px), 1fr)); gap: 2px 24px; margin: 4px 0 10px; }
  dl.fields .field { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 8px; padding: 3px 0; border-bottom: 1px solid color-mix(in srgb, var(--vscode-foreground), transparent 85%); }
  dd.number { font-variant-numeric: tabular-nums; }
  .running { margin-top: 16px; }
  .failure { margin-top: 16px; padding: 4px 16px; border: 1px solid var(--vscode-inputValidation-errorBorder, var(--vscode-contrastBorder, currentColor)); background: var(--vscode-inputValidation-errorBackground, transparent); color: var(--vscode-inputValidation-errorForeground, inherit); }
  vscode-badge.failure { border: 0; padding: 0; margin: 0; }
  .failure li { margin-bottom: 8px; }
  .failure dl.places { display: flex; flex-wrap: wrap; gap: 4px 28px; margin-top: 4px; }
  .failure dl.places dt, .failure dl.places .id-link { color: inherit; }
  mark { background: var(--vscode-editor-findMatchHighlightBackground, transparent); color: inherit; outline: 1px solid var(--vscode-editor-findMatchHighlightBorder, transparent); outline-offset: -1px; font-weight: 600; }
  .tools { position: sticky; top: 0; z-index: 3; padding: 6px 24px; background: var(--vscode-editor-background); border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); }
  .tools vscode-textfield { width: min(420px, 50vw); }
  .hits { color: var(--vscode-descriptionForeground); }
  button.tool { display: inline-flex; padding: 3px; border: 1px solid transparent; border-radius: 5px; background: none; color: var(--vscode-icon-foreground, inherit); cursor: pointer; }
  button.tool:hover { background: var(--vscode-toolbar-hoverBackground); outline: 1px dashed var(--vscode-toolbar-hoverOutline, transparent); }
  button.tool[aria-pressed='true'] { background: var(--vscode-inputOption-activeBackground); border-color: var(--vscode-inputOption-activeBorder, transparent); color: var(--vscode-inputOption-activeForeground, inherit); }
  .columns { display: flex; align-items: flex-start; }
  main { flex: 1; min-width: 0; padding: 8px 24px; }
  nav { position: sticky; top: 44px; flex: 0 0 220px; max-height: calc(100vh - 60px); overflow: auto; padding: 12px 0 12px 16px; box-sizing: border-box; }
  nav ul { list-style: none; margin: 0; padding: 0; }
  nav ul ul { padding-left: 12px; }
  nav button { width: 100%; text-align: left; padding: 3px 8px; border: 0; background: none; color: var(--vscode-foreground); font: inherit; cursor: pointer; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  nav button:hover { background: var(--vscode-list-hoverBackground); }
  .section { margin-top: 8px; }
  .heading { margin: 0; font-size: 1.15em; scroll-margin-top: 48px; }
  h3.heading { font-size: 1.05em; }
  h4.heading, h5.heading, h6.heading { font-size: 1em; }
  .depth-0 > .heading { border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); }
  .fold { display: flex; align-items: center; gap: 6px; width: 100%; padding: 5px 0; border: 0; background: none; color: inherit; font: inherit; font-weight: 600; text-align: left; cursor: pointer; }
  .fold:hover { color: var(--vscode-textLink-foreground); }
  .detail { color: var(--vscode-descriptionForeground); font-weight: 400; font-size: 0.9em; }
  .body { padding: 4px 0 4px 22px; }
  .body[hidden] { display: none; }
  .note { color: var(--vscode-descriptionForeground); margin: 4px 0 8px; }
  .note .codicon { vertical-align: text-bottom; }
  .caption { margin: 6px 0 4px; font-weight: 600; }
  .table { margin: 4px 0 14px; }
  code { font-family: var(--vscode-editor-font-family); color: inherit; background: none; }
  .center { display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 12px; min-height: 60vh; padding: 24px; text-align: center; }
  .center p { margin: 0; max-width: 60ch; overflow-wrap: anywhere; white-space: pre-line; }
  .codicon.big { font-size: 32px; color: var(--vscode-errorForeground); }
  @media (max-width: 900px) { nav.auto { display: none; } }
  @media (max-width: 700px) { .columns { flex-direction: column; align-items: stretch; } nav { position: static; flex: none; width: 100%; max-height: 30vh; } header, main, .tools { padding-left: 12px; padding-right: 12px; } .body { padding-left: 8px; } }
  @media (forced-colors: none) { body.vscode-high-contrast .grid-row:hover, body.vscode-high-contrast-light .grid-row:hover { outline: 1px dashed var(--vscode-contrastActiveBorder, currentColor); outline-offset: -1px; } }
  @media (prefers-reduced-motion: reduce) { * { scroll-behavior: auto !important; animation-duration: 3s !important; } }
`;

export const reportStyles = [page, gridStyles, chartStyles].map((sheet) => sheet.styleSheet!);
