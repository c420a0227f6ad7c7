// Parsing in pieces gives what JSON.parse gives, and refuses what it refuses; and work in turns can be left.
import { describe, expect, it } from 'vitest';
import { parsePieces } from '../../src/webviews/ui/jsonPieces.ts';
import { atOnce, inTurns } from '../../src/webviews/ui/turns.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const parse = (text: string, piece?: number) => atOnce(parsePieces(bytes(text), piece));
const odd = (name: string) => `{"a":[1,{"b":"x,]}\\"\\\\","é":[[],{}, [ ] ,{ }]}],"${name}":{"z":-0,"y":1e3,"10":true,"2":null},"a":[${Array.from({ length: 30 }, (_, n) => `{"n":${n},"t":"${'☃'.repeat(n)}"}`).join(' , ')}]}`;

describe('JSON in pieces', () => {
  it.each(['1', '"a"', 'null', '[]', '{}', ' [ 1 , [2] , {"a":{"b":[3]}} ] ', '\ufeff{"a":1}', odd('__proto__'), `[${' '.repeat(50)}]`, `{${' '.repeat(50)}}`, `["${'x'.repeat(100)}",${'1'.repeat(60)}]`])('reads %.40s as JSON.parse does, whatever the size of a piece', (text) => {
    const whole: unknown = JSON.parse(text.replace('\ufeff', ''));
    for (const piece of [1, 2, 3, 5, 8, 13, 40, 1_000]) {
      const read = parse(text, piece);
      expect(read).toEqual(whole);
      // The order of names too, and what is named like a prototype.
      expect(JSON.stringify(read)).toBe(JSON.stringify(whole));
    }
  });

  it.each(['', ' ', '{', '[1', '[1,', '[1,]', '[,1]', '[1,,2]', '[1}', '{"a":1]', '{"a"}', '{"a":}', '{"a":1,}', '{a:1}', '{"a" 1}', '[1] 2', '[1 2]', '[1]]', '["a', '{"a":[1,2}', '[[[[1]]]', '{1:2}', '[tru]', '["\n"]', '{"a":1,"b"}', '{"a":[01]}', '1,2', '"a":1'])('refuses %s as JSON.parse does', (text) => {
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    for (const piece of [1, 2, 3, 5, 1_000]) expect(() => parse(text, piece), `in pieces of ${piece}`).toThrow(SyntaxError);
  });

  it('refuses every beginning of a text, which was cut short on its way', () => {
    const text = odd('c');
    for (let length = 0; length < text.length; length += 3) expect(() => parse(text.slice(0, length), 16)).toThrow(SyntaxError);
  });

  it('bears what nests deeper than any stack', () => {
    const text = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    let read: unknown;
    try { read = JSON.parse(text); } catch { return; }
    expect(Array.isArray(parse(text, 10))).toBe(Array.isArray(read));
  });

  it('breathes between pieces, and is left when nobody waits for it any more', async () => {
    const text = JSON.stringify(Array.from({ length: 2_000 }, (_, n) => ({ n })));
    let pauses = 0;
    const slow = function* () {
      const inner = parsePieces(bytes(text), 100);
      for (;;) {
        const { done, value } = inner.next();
        if (done) return value;
        for (const until = performance.now() + 1; performance.now() < until;);
        yield;
      }
    };
    const breathe = async () => { pauses++; };
    expect(await inTurns(slow(), () => false, breathe)).toHaveLength(2_000);
    expect(pauses).toBeGreaterThan(2);
    expect(await inTurns(slow(), () => true, breathe)).toBeUndefined();
  });
});
