// Plain data as XML, the way the API's older face writes it: an element a field, an element an array entry, nothing for null.
import { escapeXml } from './errors.ts';

/** `entryNames` names the elements of arrays by the field that holds them; `item` where it is silent. */
export function toXml(root: string, value: unknown, entryNames: Readonly<Record<string, string>> = {}): string {
  const element = (name: string, inner: unknown): string => {
    if (inner === null || inner === undefined) return '';
    if (Array.isArray(inner)) return `<${name}>${inner.map((entry) => element(entryNames[name] ?? 'item', entry)).join('')}</${name}>`;
    if (typeof inner === 'object') return `<${name}>${Object.entries(inner).map(([field, content]) => element(field, content)).join('')}</${name}>`;
    return `<${name}>${escapeXml(String(inner))}</${name}>`;
  };
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${element(root, value)}`;
}
