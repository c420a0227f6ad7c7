// Ids in a report that lead somewhere: drawn as links, followed by click or Enter. What an id means, and where it leads, is for the host.
import { html, type TemplateResult } from 'lit';
import { idName } from './jsonIds.ts';

/** The detail of `follow-id`, which bubbles up to the page. */
export interface IdToFollow {
  name: string;
  value: string;
}

/** What an id is followed as; undefined for a value that leads nowhere. `holder` is the name of the list or object that holds it. */
export function idToFollow(key: string, holder: string | undefined, value: unknown): IdToFollow | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const name = key === 'id' && holder === undefined ? undefined : idName(key, holder, String(value));
  return name === undefined ? undefined : { name, value: String(value) };
}

export function followFrom(target: EventTarget | null, detail: IdToFollow): void {
  target?.dispatchEvent(new CustomEvent<IdToFollow>('follow-id', { detail, bubbles: true, composed: true }));
}

/** `tab` is left out where the cell around it takes the keyboard; `shown` is the text with what a search found in it. */
export function idLink(text: string, id: IdToFollow, tab = true, shown: string | TemplateResult = text): TemplateResult {
  return html`<button class="id-link" tabindex=${tab ? '0' : '-1'} aria-label=${`${text}: show in the explorer`} @click=${(event: Event) => followFrom(event.currentTarget, id)}>${shown}</button>`;
}
