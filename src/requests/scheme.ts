/** Scheme of the documents that show an answer. */
export const answerScheme = 'openbanking-answer';
/** The request editor, by which the editor knows it. Here and not in the protocol, since it is needed at activation. */
export const requestViewType = 'openBanking.requestEditor';
/** What the names of request files end in. */
export const requestFileSuffix = '.obreq.json';
/** Scheme of the JSON schemas that request documents name. */
export const requestSchemaScheme = 'openbanking-schema';
