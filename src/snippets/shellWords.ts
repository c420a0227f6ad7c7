// A command line as a person copied it, cut into words: as bash reads it ('…', "…", $'…', \ at the end of a line), as cmd does (^ before
// signs and at the end of a line, "…" with \" or ""), or as PowerShell does ('…' with '' inside, ` before signs and at the end of a line).
// Nothing is run or looked up: a variable stays as it stands.

export type Dialect = 'bash' | 'cmd' | 'powershell';

export interface Word {
  text: string;
  /** Where it begins in the text. */
  at: number;
  /** An operator of the shell (`|`, `;`, `&&`, `<`, a line's end), which ends a command. */
  operator?: true;
}

export class QuoteError extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.name = 'QuoteError';
    this.at = at;
  }
}

export function dialectOf(text: string): Dialect {
  if (/\^\s*\r?\n|(?:^|\s)\^"|"[{[]\s*""/.test(text)) return 'cmd';
  if (/`\s*\r?\n|\bcurl\.exe\b/.test(text)) return 'powershell';
  return 'bash';
}

/** @throws QuoteError for a quote that is never closed. */
export function shellWords(text: string, dialect: Dialect): Word[] {
  return dialect === 'cmd' ? cmdWords(text) : new Reader(text, dialect).words();
}

const ansiEscapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', a: '\x07', e: '\x1b', 0: '\0' };

/** bash and PowerShell, which differ in their escape sign and in what it does. */
class Reader {
  readonly #text: string;
  readonly #powershell: boolean;
  readonly #escape: string;
  readonly #words: Word[] = [];
  #current: Word | undefined;
  #i = 0;

  constructor(text: string, dialect: Dialect) {
    this.#text = text;
    this.#powershell = dialect === 'powershell';
    this.#escape = this.#powershell ? '`' : '\\';
  }

  words(): Word[] {
    while (this.#i < this.#text.length) this.#step();
    this.#end();
    return this.#words;
  }

  #step(): void {
    const sign = this.#text[this.#i]!;
    const lineEnd = /^\r?\n/.exec(this.#text.slice(this.#i, this.#i + 2))?.[0];
    if (lineEnd) this.#operator(lineEnd);
    else if (/\s/.test(sign)) {
      this.#end();
      this.#i += 1;
    } else if (sign === this.#escape) this.#escaped();
    else if (sign === '$' && this.#text[this.#i + 1] === '\'' && !this.#powershell) this.#ansi();
    else if (sign === '\'') this.#single();
    else if (sign === '"') this.#double();
    else if (sign === '#' && !this.#current) this.#i = this.#lineEnd(this.#i);
    else if (sign === '&' && this.#current && /^&[\w.-]+=/.test(this.#text.slice(this.#i, this.#i + 80))) {
      // A shell would cut here; a person who left the quotes out meant the URL to go on.
      this.#add(sign);
      this.#i += 1;
    } else if (/[|;&<>()]/.test(sign) || (sign === '$' && this.#text[this.#i + 1] === '(')) this.#operator(sign === '$' ? '$(' : sign);
    else {
      this.#add(sign);
      this.#i += 1;
    }
  }

  #lineEnd(from: number): number {
    const end = this.#text.indexOf('\n', from);
    return end < 0 ? this.#text.length : end;
  }

  #add(text: string): void {
    this.#current ??= { text: '', at: this.#i };
    this.#current.text += text;
  }

  #end(): void {
    if (this.#current) this.#words.push(this.#current);
    this.#current = undefined;
  }

  #operator(text: string): void {
    this.#end();
    this.#words.push({ text, at: this.#i, operator: true });
    this.#i += text.length;
  }

  #escaped(): void {
    const continued = /^[ \t]*\r?\n/.exec(this.#text.slice(this.#i + 1))?.[0];
    if (continued !== undefined) {
      this.#i += 1 + continued.length;
      return;
    }
    this.#add(this.#text[this.#i + 1] ?? this.#escape);
    this.#i += 2;
  }

  #single(): void {
    const start = this.#i;
    this.#add('');
    for (this.#i += 1; this.#i < this.#text.length; this.#i += 1) {
      if (this.#text[this.#i] !== '\'') this.#add(this.#text[this.#i]!);
      else if (this.#powershell && this.#text[this.#i + 1] === '\'') {
        this.#add('\'');
        this.#i += 1;
      } else {
        this.#i += 1;
        return;
      }
    }
    throw new QuoteError('A single quote is opened here and never closed.', start);
  }

  #double(): void {
    const start = this.#i;
    this.#add('');
    for (this.#i += 1; this.#i < this.#text.length; this.#i += 1) {
      const sign = this.#text[this.#i]!;
      const next = this.#text[this.#i + 1];
      if (sign === '"' && !(this.#powershell && next === '"')) {
        this.#i += 1;
        return;
      }
      if (sign === '"') {
        this.#add('"');
        this.#i += 1;
      } else if (sign === this.#escape && next !== undefined && (this.#powershell || /["\\$`\n]/.test(next))) {
        if (next !== '\n') this.#add(this.#powershell ? ansiEscapes[next] ?? next : next);
        this.#i += 1;
      } else if (this.#powershell && sign === '\\' && next === '"') {
        // Older PowerShells need it for programs, although it is none of PowerShell's own signs.
        this.#add('"');
        this.#i += 1;
      } else this.#add(sign);
    }
    throw new QuoteError('A double quote is opened here and never closed.', start);
  }

  /** `$'…'`, in which browsers copy what single quotes cannot hold. */
  #ansi(): void {
    const start = this.#i;
    this.#add('');
    for (this.#i += 2; this.#i < this.#text.length;) {
      const rest = this.#text.slice(this.#i, this.#i + 12);
      if (rest.startsWith('\'')) {
        this.#i += 1;
        return;
      }
      const code = /^\\(?:x([0-9a-f]{1,2})|u([0-9a-f]{1,4})|U([0-9a-f]{1,8})|([0-7]{1,3}))/i.exec(rest);
      if (code) {
        const value = code[4] === undefined ? parseInt(code[1] ?? code[2] ?? code[3]!, 16) : parseInt(code[4], 8);
        this.#add(value <= 0x10ffff ? String.fromCodePoint(value) : '\ufffd');
        this.#i += code[0].length;
      } else if (rest.startsWith('\\') && rest.length > 1) {
        this.#add(ansiEscapes[rest[1]!] ?? rest[1]!);
        this.#i += 2;
      } else {
        this.#add(rest[0]!);
        this.#i += 1;
      }
    }
    throw new QuoteError('A quote is opened here and never closed.', start);
  }
}

/** cmd takes its own signs away first, then the program cuts what is left; browsers write the double quotes themselves as `^"`. */
function cmdWords(text: string): Word[] {
  const browser = /(?:^|\s)\^"/.test(text);
  const { line, places } = withoutCarets(text);
  const words: Word[] = [];
  let current: Word | undefined;
  let quote: number | undefined;
  const add = (sign: string, at: number): void => {
    current ??= { text: '', at };
    current.text += sign;
  };
  for (let i = 0; i < line.length; i += 1) {
    const sign = line[i]!;
    const at = places[i]!;
    if (sign === '\\' && (line[i + 1] === '"' || (browser && line[i + 1] === '\\'))) {
      i += 1;
      add(line[i]!, at);
    } else if (sign === '"' && quote !== undefined && line[i + 1] === '"') {
      i += 1;
      add('"', at);
    } else if (sign === '"') {
      quote = quote === undefined ? at : undefined;
      add('', at);
    } else if (quote === undefined && /\s/.test(sign)) {
      if (current) words.push(current);
      current = undefined;
      if (sign === '\n') words.push({ text: sign, at, operator: true });
    } else if (quote === undefined && /[|&<>]/.test(sign)) {
      if (current) words.push(current);
      current = undefined;
      words.push({ text: sign, at, operator: true });
    } else add(sign, at);
  }
  if (quote !== undefined) throw new QuoteError('A double quote is opened here and never closed.', quote);
  if (current) words.push(current);
  return words;
}

/** The line without cmd's carets, and where each of its signs stood. */
function withoutCarets(text: string): { line: string; places: number[] } {
  let line = '';
  const places: number[] = [];
  let inQuotes = false;
  for (let i = 0; i < text.length; i += 1) {
    const sign = text[i]!;
    if (sign === '^' && !inQuotes) {
      const lineEnd = /^[ \t]*\r?\n/.exec(text.slice(i + 1, i + 80))?.[0];
      if (lineEnd !== undefined) {
        i += lineEnd.length;
        continue;
      }
      i += 1;
      line += text[i] ?? '^';
    } else {
      if (sign === '"') inQuotes = !inQuotes;
      if (sign === '\r') continue;
      line += sign;
    }
    places.push(i);
  }
  return { line, places };
}
