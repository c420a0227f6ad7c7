// The figures that people look for first, large, at the top of a report. Templates only. The tone is an icon with words, and a colour.
import { html, nothing } from 'lit';
import type { Formatter } from './format.ts';
import { idLink, idToFollow } from './idLink.ts';
import type { Figure } from './reportTypes.ts';

const tones: Readonly<Record<NonNullable<Figure['tone']>, readonly [icon: string, words: string]>> = {
  good: ['pass', 'good'], attention: ['warning', 'needs attention'], bad: ['error', 'bad'],
};

export function figuresView(figures: readonly Figure[], formatter: Formatter) {
  if (figures.length === 0) return nothing;
  return html`<dl class="figures" aria-label="Key figures">${figures.map((figure) => {
    const { text, raw } = formatter.show(figure.value, figure.kind, figure.currency);
    const id = idToFollow(figure.key, undefined, figure.value);
    const tone = figure.tone && tones[figure.tone];
    return html`<div class="figure ${figure.tone ?? ''}">
      <dt title=${figure.key}>${figure.label}</dt>
      <dd class="value" title=${raw}>${id ? idLink(text, id) : text}${tone ? html` <span class="codicon codicon-${tone[0]}" role="img" aria-label=${tone[1]} title=${tone[1]}></span>` : nothing}</dd>
      ${figure.note ? html`<dd class="under">${figure.note}</dd>` : nothing}
    </div>`;
  })}</dl>`;
}
