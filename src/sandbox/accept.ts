// What a caller's Accept header comes to. The aggregation families answer XML unless JSON is preferred to it; all others JSON, whatever is
// asked for. Quality values count; where they are equal, what is named wins over `*/*`, and the aggregation families' own XML over nothing.
import { speaksXml } from './errors.ts';
import type { SandboxRequest } from './types.ts';

type Kind = SandboxRequest['accept'] | 'any';

const kindOf = (type: string): Kind => {
  if (/^(\*|application)\/\*$/.test(type) || type === '*') return 'any';
  if (/\/(.+\+)?json$/.test(type)) return 'json';
  if (type === 'application/pdf') return 'pdf';
  // A browser names XHTML, which nothing here is.
  return /\/(.+\+)?xml$/.test(type) && type !== 'application/xhtml+xml' ? 'xml' : 'other';
};

/** The kinds that are asked for, best first. */
function asked(accept: string): Kind[] {
  const ranges = accept.toLowerCase().split(',').map((range) => range.split(';').map((part) => part.trim())).filter(([type]) => type !== '');
  const weighed = ranges.map(([type = '', ...parameters]) => {
    const quality = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
    return { kind: kindOf(type), quality: Number.isFinite(quality) ? quality : 1 };
  });
  return weighed.filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality || Number(a.kind === 'any') - Number(b.kind === 'any')).map(({ kind }) => kind);
}

export function wantedType(accept: string, pathname: string): SandboxRequest['accept'] {
  const own = speaksXml(pathname) ? 'xml' : 'json';
  const best = accept.trim() === '' ? 'any' : asked(accept).find((kind) => kind !== 'other') ?? 'other';
  return best === 'any' || best === 'xml' ? own : best;
}

/** Whether JSON is among what the caller takes at all. */
export const takesJson = (accept: string): boolean => accept.trim() === '' || asked(accept).some((kind) => kind === 'json' || kind === 'any');
