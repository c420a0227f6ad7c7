// What describe.ts hands to treeItems.ts: a row in plain values.

import type { Masker } from '../masking/masker.ts';

export interface DescribeContext {
  /** Epoch milliseconds. */
  now: number;
  /** BCP 47, for money and dates. */
  locale: string;
  /** While presentation mode is on. */
  masker?: Masker;
  /** A few words that the loaded children say of the node. */
  summary?: string;
}

export interface NodeIcon {
  /** A codicon. */
  id: string;
  /** A theme colour. Never the only sign of a state: the icon or the words say it too. */
  color?: string;
}

/** What a kind says of itself; describe.ts adds what is the same for all. */
export interface NodeWords {
  label: string;
  description?: string;
  /** Markdown whose foreign parts are escaped. */
  tooltip: string;
  icon: NodeIcon;
  flags?: readonly string[];
  expanded?: boolean;
  /** Opens its document when it is selected. */
  opens?: boolean;
  command?: { id: string; title: string };
  /** For screen readers, where the row's own words are not enough. */
  spoken?: string;
}

export interface NodeView extends Omit<NodeWords, 'flags' | 'expanded' | 'spoken'> {
  contextValue: string;
  state: 'leaf' | 'collapsed' | 'expanded';
  spoken: string;
}
