/** Scheme of the documents that show a call of the history. */
export const historyScheme = 'openbanking-history';
