// Hides texts wherever another text repeats them. The places are looked for in the text as it came and hidden at the end, all at once: what
// stands for a hidden text is never looked into itself, however many texts there are and whatever they say.

/** Shorter texts are none that are looked for. */
const shortest = 3;

/** Made once for many texts, of which there may be a hundred thousand. What overlaps is hidden as one. */
export function withoutTexts(sent: Iterable<string>, sign: string): (text: string) => string {
  const byStart = new Map<string, string[]>();
  for (const one of new Set(sent)) {
    if (one.length < shortest) continue;
    const start = one.slice(0, shortest);
    const alike = byStart.get(start);
    if (alike) alike.push(one);
    else byStart.set(start, [one]);
  }
  return (text) => {
    let shown = '';
    let end = 0;
    for (let at = 0; at + shortest <= text.length; at += 1) {
      let length = 0;
      for (const one of byStart.get(text.slice(at, at + shortest)) ?? []) if (one.length > length && text.startsWith(one, at)) length = one.length;
      if (length === 0) continue;
      if (at >= end) shown += text.slice(end, at) + sign;
      end = Math.max(end, at + length);
    }
    return shown + text.slice(end);
  };
}
