// Names that were seen in named fields, so that they are found in texts too: NOOR HADDAD in a description, because the report's owner is called
// so. Kept in memory alone, the latest of them; a word of two letters is too common to be a name.

const most = 2000;
const word = /[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*/gu;
/** Words of firms' names and of titles, which are everybody's. */
const common = new Set(['and', 'the', 'inc', 'llc', 'llp', 'ltd', 'corp', 'company', 'group', 'services', 'bank', 'account', 'joint', 'mrs', 'miss', 'for', 'trust', 'customer', 'testing']);

const normal = (text: string): string => text.normalize('NFC').toLowerCase();

export class KnownNames {
  readonly #words = new Set<string>();
  /** Of firms: their words are everybody's, their names are not. */
  readonly #phrases = new Set<string>();
  #pattern: RegExp | undefined;

  /** A person's name, or a part of one. */
  learn(name: string): void {
    if (name.length > 200) return;
    for (const [one] of name.matchAll(word)) if (one.length >= 3 && !common.has(normal(one))) keep(this.#words, normal(one), most);
  }

  learnFirm(name: string): void {
    const phrase = normal(name.trim());
    if (phrase.length < 4 || phrase.length > 200 || this.#phrases.has(phrase)) return;
    keep(this.#phrases, phrase, 200);
    this.#pattern = undefined;
  }

  /** The text with `mask` for every name. */
  hide(text: string, mask: string): string {
    const clean = this.#phrases.size === 0 ? text : text.replace(this.#firms(), mask);
    return this.#words.size === 0 ? clean : clean.replace(word, (one) => (this.#isName(normal(one)) ? mask : one));
  }

  #firms(): RegExp {
    return this.#pattern ??= new RegExp([...this.#phrases].map((phrase) => phrase.replace(/[^\p{L}\p{N}\s]/gu, '\\$&')).join('|'), 'gi');
  }

  /** `Haddad's` and `Noor-Haddad` hold one. */
  #isName(one: string): boolean {
    return this.#words.has(one) || one.split(/['’-]/).some((part) => this.#words.has(part));
  }
}

function keep(set: Set<string>, value: string, limit: number): void {
  set.delete(value);
  set.add(value);
  if (set.size > limit) for (const oldest of set) return void set.delete(oldest);
}
