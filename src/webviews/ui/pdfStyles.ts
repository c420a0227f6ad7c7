// The PDF page's look, and what pdf.js's components need to lay out pages and their text layer. pdf.js ships a sheet of 260 KB for its
// own application and its editors; of that only page, canvas, text layer, hit marks and links matter here. Pages are white, as paper, unless dark reading is on: then the pictures
// of the pages are inverted, and nothing else.
import { css } from 'lit';

const shell = css`
  html, body { height: 100%; }
  body { margin: 0; padding: 0; overflow: hidden; color: var(--vscode-foreground); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); background: var(--vscode-editor-background); }
  ob-pdf { display: flex; flex-direction: column; height: 100vh; }
  .bar { display: flex; align-items: center; flex-wrap: wrap; gap: 4px 12px; padding: 4px 8px; border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); background: var(--vscode-editor-background); }
  .group, .find { display: flex; flex-wrap: wrap; align-items: center; gap: 3px; min-width: 0; }
  .group.end { margin-left: auto; }
  .find { justify-content: flex-end; padding: 4px 8px; border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); }
  .find input { flex: 0 1 260px; min-width: 100px; }
  .notice { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 10px; padding: 6px 10px; color: var(--vscode-inputValidation-warningForeground, inherit); background: var(--vscode-inputValidation-warningBackground, var(--vscode-editorWidget-background)); border-bottom: 1px solid var(--vscode-inputValidation-warningBorder, var(--vscode-contrastBorder, transparent)); }
  .notice .words { flex: 1 1 180px; overflow-wrap: anywhere; }
  .tool { display: inline-flex; padding: 4px; border: 1px solid transparent; border-radius: 5px; background: none; color: var(--vscode-icon-foreground, inherit); cursor: pointer; }
  .tool svg.left { transform: scaleX(-1); }
  .tool:hover:enabled { background: var(--vscode-toolbar-hoverBackground); outline: 1px dashed var(--vscode-toolbar-hoverOutline, transparent); }
  .tool.pressed { background: var(--vscode-inputOption-activeBackground); border-color: var(--vscode-inputOption-activeBorder, transparent); color: var(--vscode-inputOption-activeForeground, inherit); }
  .tool:disabled { opacity: 0.4; cursor: default; }
  .bar input, .bar select, .find input { height: 24px; box-sizing: border-box; font: inherit; color: var(--vscode-input-foreground); background: var(--vscode-input-background); border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, var(--vscode-panel-border, transparent))); border-radius: 2px; padding: 0 6px; }
  .bar select { color: var(--vscode-dropdown-foreground); background: var(--vscode-dropdown-background); border-color: var(--vscode-dropdown-border, transparent); }
  .pageField { white-space: nowrap; font-variant-numeric: tabular-nums; }
  .pageField input { width: 4.5em; text-align: right; }
  .hits { min-width: 6.5em; color: var(--vscode-descriptionForeground); text-align: center; font-variant-numeric: tabular-nums; }
  .bar *:focus-visible, .find *:focus-visible, .notice *:focus-visible, nav:focus-visible, nav *:focus-visible, .tabs *:focus-visible, .vscode-high-contrast .container:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px; }
  .stage { position: relative; flex: 1; display: flex; min-height: 0; }
  .holder { position: relative; flex: 1; min-width: 0; }
  .container { position: absolute; inset: 0; overflow: auto; outline: none; background: var(--vscode-editorWidget-background, var(--vscode-editor-background)); }
  .cover { position: absolute; inset: 0; display: grid; background: var(--vscode-editor-background); overflow: auto; }
  .center { display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 12px; padding: 24px; text-align: center; }
  .center p { margin: 0; max-width: 60ch; overflow-wrap: anywhere; white-space: pre-line; }
  .codicon.big { font-size: 32px; }
  .codicon-error.big { color: var(--vscode-errorForeground); }
  .center blockquote { margin: 0; max-width: 60ch; padding: 6px 12px; text-align: left; overflow-wrap: anywhere; white-space: pre-line; border-left: 3px solid var(--vscode-textBlockQuote-border, var(--vscode-contrastBorder, currentColor)); background: var(--vscode-textBlockQuote-background, transparent); }
  .ways { display: flex; flex-wrap: wrap; justify-content: center; gap: 8px; }
  .side { flex: 0 0 200px; display: flex; flex-direction: column; min-height: 0; background: var(--vscode-sideBar-background, var(--vscode-editor-background)); border-right: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); }
  .tabs { display: flex; flex-wrap: wrap; flex: none; padding: 0 4px; border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); }
  .tabs button { padding: 6px 8px; border: 0; border-bottom: 2px solid transparent; background: none; color: var(--vscode-descriptionForeground); font: inherit; cursor: pointer; }
  .tabs button[aria-selected='true'] { color: var(--vscode-foreground); border-bottom-color: var(--vscode-focusBorder); }
  ob-pdf-thumbnails, nav { flex: 1; min-height: 0; overflow: auto; display: block; }
  .thumbs { position: relative; outline: none; }
  .thumb { position: absolute; left: 8px; right: 8px; height: 172px; box-sizing: border-box; display: flex; flex-direction: column; align-items: center; padding: 5px 4px 0; border: 1px solid transparent; border-radius: 4px; cursor: pointer; }
  .thumb:hover { background: var(--vscode-list-hoverBackground); }
  .thumb[aria-selected='true'] { background: var(--vscode-list-inactiveSelectionBackground); border-color: var(--vscode-contrastActiveBorder, transparent); }
  .thumb[aria-selected='true'] .number { font-weight: 600; }
  .thumb[aria-selected='true'] .picture > * { outline: 2px solid var(--vscode-focusBorder); }
  .thumbs:focus .thumb.active { outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px; }
  .picture { display: grid; place-items: center; height: 136px; }
  .picture canvas { display: block; }
  .sheet { box-shadow: 0 0 0 1px var(--vscode-widget-border, var(--vscode-contrastBorder, transparent)); }
  .sheet.blank { width: 105px; height: 136px; background: white; opacity: 0.25; }
  .number { padding-top: 4px; font-size: 0.92em; font-variant-numeric: tabular-nums; }
  nav { padding: 6px; box-sizing: border-box; }
  nav .none { margin: 8px; color: var(--vscode-descriptionForeground); }
  nav ul { list-style: none; margin: 0; padding: 0; }
  nav ul ul { padding-left: 12px; }
  nav button { width: 100%; padding: 3px 6px; border: 0; background: none; color: inherit; font: inherit; text-align: left; cursor: pointer; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  nav button:hover:enabled { background: var(--vscode-list-hoverBackground); }
  @media (max-width: 560px) {
    .tool.wide { display: none; }
    .side { position: absolute; z-index: 2; inset: 0 auto 0 0; width: min(200px, 85%); box-shadow: 2px 0 8px var(--vscode-widget-shadow, transparent); }
    .group.end { margin-left: 0; }
  }
`;

const pages = css`
  .pdfViewer { --scale-factor: 1; --page-bg-color: unset; padding-bottom: 12px; --pdfViewer-padding-bottom: 0; }
  .pdfViewer .page { --user-unit: 1; --total-scale-factor: calc(var(--scale-factor) * var(--user-unit)); --scale-round-x: 1px; --scale-round-y: 1px;
    position: relative; direction: ltr; margin: 10px auto; overflow: visible; background: white; color: black; box-sizing: content-box; border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent)); white-space: normal; }
  .pdfViewer .canvasWrapper { overflow: hidden; width: 100%; height: 100%; }
  .pdfViewer .canvasWrapper canvas { position: absolute; top: 0; left: 0; margin: 0; display: block; width: 100%; height: 100%; contain: content; }
  .pdfViewer .canvasWrapper canvas[hidden] { display: none; }
  .container.dark .canvasWrapper canvas, ob-pdf-thumbnails.dark .picture canvas { filter: invert(0.9) hue-rotate(180deg); }
  .container.dark .page { background: #1a1a1a; }
  ob-pdf-thumbnails.dark .sheet.blank { background: #1a1a1a; opacity: 1; }
  .vscode-high-contrast:not(.vscode-high-contrast-light) .container.dark .canvasWrapper canvas, .vscode-high-contrast:not(.vscode-high-contrast-light) ob-pdf-thumbnails.dark .picture canvas { filter: invert(1) hue-rotate(180deg); }
  .vscode-high-contrast:not(.vscode-high-contrast-light) .container.dark .page { background: black; }
  .pdfViewer .page[data-problem]::after { content: attr(data-problem); position: absolute; inset: 40% 10% auto; z-index: 1; padding: 8px; text-align: center; color: #a1260d; background: white; border: 1px solid #a1260d; }
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
  .container.dark .textLayer .highlight { background: color-mix(in srgb, var(--vscode-editor-findMatchHighlightBackground, gold), transparent 55%); }
  .container.dark .textLayer .highlight.selected { background: color-mix(in srgb, var(--vscode-editor-findMatchBackground, orange), transparent 45%); }
  .vscode-high-contrast .textLayer .highlight { background: transparent; outline: 1px dashed #b35c00; }
  .vscode-high-contrast .textLayer .highlight.selected { background: transparent; outline: 2px solid #b35c00; }
  .vscode-high-contrast .container.dark .textLayer .highlight { background: transparent; outline-color: var(--vscode-contrastActiveBorder, orange); }
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
