// Plain data as XML, the way the API's older face writes it: an element a field, an element an array entry, nothing for null.

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** Text as it stands in an element or an attribute; what XML 1.0 cannot carry at all is left out. */
export const escapeXml = (text: string) =>
  text.replace(/[^\t\n\r\u0020-\ufffd\u{10000}-\u{10ffff}]|\p{Cs}/gu, '').replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A field's name as an element may bear it: one that begins with a digit gets a line before it. */
const nameOf = (field: string) => (/^[A-Za-z_][\w.-]*$/.test(field) ? field : `_${field.replace(/[^\w.-]/g, '_')}`);

/** One element around `content`, which is XML already; nothing around nothing. */
export const toElement = (field: string, content: string | undefined, attributes = ''): string =>
  content === undefined ? '' : `<${nameOf(field)}${attributes}>${content}</${nameOf(field)}>`;

export const toAttributes = (fields: readonly (readonly [string, unknown])[]): string =>
  fields.flatMap(([field, value]) => (value === null || value === undefined ? [] : [` ${nameOf(field)}="${escapeXml(String(value))}"`])).join('');

/** A value's inside, undefined for null. `entryName` names the entries of arrays by the field that holds them. */
export function toContent(field: string, value: unknown, entryName: (array: string) => string): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.map((entry) => toElement(entryName(field), toContent(entryName(field), entry, entryName))).join('');
  if (typeof value === 'object') return Object.entries(value).map(([name, inner]) => toElement(name, toContent(name, inner, entryName))).join('');
  return escapeXml(String(value));
}

/** A whole document. `entryNames` names the elements of arrays by the field that holds them; `item` where it is silent. */
export function toXml(root: string, value: unknown, entryNames: Readonly<Record<string, string>> = {}): string {
  return XML_HEAD + toElement(root, toContent(root, value, (array) => entryNames[array] ?? 'item'));
}
