// Text within SVG and HTML that is written as text: what would be markup is escaped, and characters that no XML may hold are left out.

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Nearly all text is, and needs no long look. */
const plain = /^[\w $€,.:;()/·–—-]*$/;

/** Fit for an element and for an attribute in double quotes. */
export const escaped = (text: string): string =>
  (plain.test(text) ? text : text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, '').replace(/[&<>"']/g, (char) => escapes[char]!));
