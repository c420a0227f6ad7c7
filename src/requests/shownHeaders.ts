// Which headers of an answer are written into a document, which a person may save or share: a cookie of a gateway, or a key or token that
// a debugging proxy sends back, is named and its value left out. Free of vscode.

const secret = /^(set-cookie|cookie|authorization|proxy-authorization|(finicity-)?app-(key|token))$/i;

export const shownHeaders = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, secret.test(name) ? '(not shown)' : value]));
