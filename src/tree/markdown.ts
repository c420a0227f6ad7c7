// Tooltips as Markdown made of other people's words: everything that came over the wire is escaped, so it can neither format nor link.

/** Text as Markdown shows it unchanged. */
export const escapeMarkdown = (value: string): string => value
  .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\s]+/g, ' ')
  .replace(/[\\`*_{}[\]()#+\-!~|]/g, '\\$&')
  // A bare address would become a link by itself.
  .replace(/:\/\//g, ':\\/\\/').replace(/\bwww\./gi, (start) => `${start.slice(0, 3)}\\.`).replace(/@/g, '\\@')
  .replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Rows of a tooltip: name and value; rows without a value are left out. */
export type Fact = readonly [name: string, value: string | undefined];

/** A heading, a paragraph or two, and facts. Every part is plain text. */
export function tooltip(title: string, facts: readonly Fact[], ...paragraphs: readonly (string | undefined)[]): string {
  const rows = facts.filter((fact): fact is readonly [string, string] => fact[1] !== undefined && fact[1] !== '')
    .map(([name, value]) => `${escapeMarkdown(name)}: ${escapeMarkdown(value)}`);
  return [
    `**${escapeMarkdown(title)}**`,
    ...paragraphs.filter((line) => line !== undefined && line !== '').map((line) => escapeMarkdown(line!)),
    ...(rows.length > 0 ? [rows.join('  \n')] : []),
  ].join('\n\n');
}
