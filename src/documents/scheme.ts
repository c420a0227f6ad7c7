/** The scheme of every document of the explorer's own. By itself, since activation needs it and nothing else of the documents. */
export const documentScheme = 'openbanking';
