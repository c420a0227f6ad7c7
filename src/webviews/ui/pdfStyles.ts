// The PDF page's look, and what pdf.js's components need to lay out pages and their text layer. pdf.js ships a sheet of 260 KB for its
// own application and its editors; of that only page, canvas, text layer, hit marks and links matter here. Pages stay white: they are paper.
import { css } from 'lit';

const shell = css`
  html, body { height: 100%; }
  body { margin: 0; padding: 0; overflow: hidden; color: var(--vscode-foreground); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); background: var(--vscode-editor-background); }
  ob-pdf { display: flex; flex-direction: column; height: 100vh; }
  .bar { display: flex; align-items: center; flex-wrap: wrap; gap: 4px 14px; padding: 4px 10px; border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); background: var(--vscode-editor-background); }
  .group, .find { display: flex; align-items: center; gap: 3px; }
  .group.end { margin-left: auto; }
  .tool { display: inline-flex; padding: 4px; border: 1px solid transparent; border-radius: 5px; background: none; color: var(--vscode-icon-foreground, inherit); cursor: pointer; }
  .tool:hover:enabled { background: var(--vscode-toolbar-hoverBackground); outline: 1px dashed var(--vscode-toolbar-hoverOutline, transparent); }
  .tool.pressed { background: var(--vscode-inputOption-activeBackground); border-color: var(--vscode-inputOption-activeBorder, transparent); color: var(--vscode-inputOption-activeForeground, inherit); }
  .tool:disabled { opacity: 0.4; cursor: default; }
  .bar input, .bar select { height: 24px; box-sizing: border-box; font: inherit; color: var(--vscode-input-foreground); background: var(--vscode-input-background); border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, var(--vscode-panel-border, transparent))); border-radius: 2px; padding: 0 6px; }
  .bar select { color: var(--vscode-dropdown-foreground); background: var(--vscode-dropdown-background); border-color: var(--vscode-dropdown-border, transparent); }
  .pageField { white-space: nowrap; font-variant-numeric: tabular-nums; }
  .pageField input { width: 4.5em; text-align: right; }
  .find input { width: min(220px, 40vw); }
  .hits { min-width: 6.5em; color: var(--vscode-descriptionForeground); text-align: center; }
  .bar *:focus-visible, nav *:focus-visible, .container:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px; }
  .stage { flex: 1; display: flex; min-height: 0; }
  .holder { position: relative; flex: 1; min-width: 0; }
  .container { position: absolute; inset: 0; overflow: auto; background: var(--vscode-editorWidget-background, var(--vscode-editor-background)); }
  .cover { position: absolute; inset: 0; display: grid; background: var(--vscode-editor-background); overflow: auto; }
  .center { display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 12px; padding: 24px; text-align: center; }
  .center p { margin: 0; max-width: 60ch; overflow-wrap: anywhere; white-space: pre-line; }
  .codicon.big { font-size: 32px; }
  .codicon-error.big { color: var(--vscode-errorForeground); }
  nav { flex: 0 0 220px; overflow: auto; padding: 8px; box-sizing: border-box; border-right: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); }
  nav ul { list-style: none; margin: 0; padding: 0; }
  nav ul ul { padding-left: 12px; }
  nav button { width: 100%; padding: 3px 6px; border: 0; background: none; color: inherit; font: inherit; text-align: left; cursor: pointer; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  nav button:hover:enabled { background: var(--vscode-list-hoverBackground); }
`;

const pages = css`
  .pdfViewer { --scale-factor: 1; --page-bg-color: unset; padding-bottom: 12px; --pdfViewer-padding-bottom: 0; }
  .pdfViewer .page { --user-unit: 1; --total-scale-factor: calc(var(--scale-factor) * var(--user-unit)); --scale-round-x: 1px; --scale-round-y: 1px;
    position: relative; direction: ltr; margin: 10px auto; overflow: visible; background: white; color: black; box-sizing: content-box; border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent)); white-space: normal; }
  .pdfViewer .canvasWrapper { overflow: hidden; width: 100%; height: 100%; }
  .pdfViewer .canvasWrapper canvas { position: absolute; top: 0; left: 0; margin: 0; display: block; width: 100%; height: 100%; contain: content; }
  .pdfViewer .canvasWrapper canvas[hidden] { display: none; }
  .pdfViewer .structTree { contain: strict; }
  .hiddenCanvasElement { position: absolute; top: 0; left: 0; width: 0; height: 0; display: none; }
  #hiddenCopyElement { position: absolute; top: 0; left: 0; width: 0; height: 0; overflow: hidden; }
  .textLayer { color-scheme: only light; position: absolute; inset: 0; overflow: clip; line-height: 1; text-align: initial; text-size-adjust: none; forced-color-adjust: none; transform-origin: 0 0; z-index: 0;
    --min-font-size: 1; --text-scale-factor: calc(var(--total-scale-factor) * var(--min-font-size)); --min-font-size-inv: calc(1 / var(--min-font-size)); }
  .textLayer span, .textLayer br { color: transparent; position: absolute; white-space: pre; cursor: text; transform-origin: 0% 0%; }
  .textLayer > :not(.markedContent), .textLayer .markedContent span:not(.markedContent) { z-index: 1; --font-height: 0; --scale-x: 1; --rotate: 0deg;
    font-size: calc(var(--text-scale-factor) * var(--font-height)); transform: rotate(var(--rotate)) scaleX(var(--scale-x)) scale(var(--min-font-size-inv)); }
  .textLayer .markedContent { display: contents; }
  .textLayer span[role='img'] { user-select: none; cursor: default; }
  .textLayer .highlight { margin: -1px; padding: 1px; border-radius: 3px; background: color-mix(in srgb, var(--vscode-editor-findMatchHighlightBackground, gold), transparent 20%); outline: 1px solid var(--vscode-editor-findMatchHighlightBorder, transparent); }
  .textLayer .highlight.appended { position: initial; }
  .textLayer .highlight.selected { background: color-mix(in srgb, var(--vscode-editor-findMatchBackground, orange), transparent 35%); outline: 2px solid var(--vscode-editor-findMatchBorder, var(--vscode-focusBorder)); scroll-margin-top: 60px; }
  .textLayer ::selection { color: transparent; background: color-mix(in srgb, Highlight, transparent 60%); }
  .textLayer br::selection { background: transparent; }
  .textLayer .endOfContent { display: block; position: absolute; inset: 100% 0 0; z-index: 0; cursor: default; user-select: none; }
  .textLayer.selecting .endOfContent { top: 0; }
  .annotationLayer { color-scheme: only light; position: absolute; top: 0; left: 0; pointer-events: none; transform-origin: 0 0; }
  .annotationLayer section { position: absolute; text-align: initial; pointer-events: auto; box-sizing: border-box; transform-origin: 0 0; }
  .annotationLayer .linkAnnotation > a { position: absolute; inset: 0; }
  .annotationLayer .linkAnnotation > a:hover { opacity: 0.2; background: rgb(255 255 0); }
  .annotationLayer .linkAnnotation > a:focus-visible { outline: 2px solid var(--vscode-focusBorder); }
`;

export const pdfStyles = [shell, pages].map((sheet) => sheet.styleSheet!);
