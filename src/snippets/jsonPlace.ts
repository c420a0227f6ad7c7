// Where a text ceases to be JSON. JSON.parse says so only for some faults.

const token = /[ \t\r\n]+|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)|[{}[\]:,]/y;

/** The offset of the first sign that cannot stand where it stands; the text's length when it breaks off; undefined for JSON. */
export function jsonFault(text: string): number | undefined {
  const open: ('{' | '[')[] = [];
  /** What may come next. `first` also allows the end of an empty object or list. */
  let due: 'value' | 'firstValue' | 'key' | 'firstKey' | 'colon' | 'comma' | 'end' = 'value';
  const after = (): typeof due => (open.length === 0 ? 'end' : 'comma');
  for (let at = 0; at < text.length;) {
    token.lastIndex = at;
    const found = token.exec(text)?.[0];
    if (found === undefined) return at;
    const [sign] = found as unknown as [string];
    if (/\s/.test(sign)) {
      at += found.length;
      continue;
    }
    if (sign === '}' || sign === ']') {
      const closes = sign === '}' ? open.at(-1) === '{' && (due === 'firstKey' || due === 'comma') : open.at(-1) === '[' && (due === 'firstValue' || due === 'comma');
      if (!closes) return at;
      open.pop();
      due = after();
    } else if (due === 'key' || due === 'firstKey') {
      if (sign !== '"') return at;
      due = 'colon';
    } else if (due === 'colon') {
      if (sign !== ':') return at;
      due = 'value';
    } else if (due === 'comma') {
      if (sign !== ',') return at;
      due = open.at(-1) === '{' ? 'key' : 'value';
    } else if (due === 'end' || sign === ':' || sign === ',') return at;
    else if (sign === '{' || sign === '[') {
      open.push(sign);
      due = sign === '{' ? 'firstKey' : 'firstValue';
    } else due = after();
    at += found.length;
  }
  return due === 'end' ? undefined : text.length;
}
