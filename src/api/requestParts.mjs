// The parts of a request document that every operation's has, as JSON schemas: for the schema of one operation's requests (schemas.ts) and
// for the one of all request files that the build makes. Plain JavaScript, since the build also runs where Node cannot read TypeScript yet.

/** @type {Readonly<Record<string, Readonly<Record<string, unknown>>>>} */
export const requestParts = {
  version: { type: 'integer', minimum: 1, default: 1, description: 'The format of this file; 1 when left out.' },
  title: { type: 'string', description: 'What this request is called in the Collections; the file\'s name when left out.' },
  notes: { type: 'string', description: 'What there is to know about this request.' },
  connection: { type: 'string', description: 'The id of the connection to send it on; the active one when left out. Ids of connections differ from machine to machine.' },
  accept: { type: 'string', description: 'The media type wanted; the operation\'s own when left out.', examples: ['application/json', 'application/pdf'] },
};

/** Beside the body of an operation that takes one. */
export const bodyDraftPart = { type: 'string', description: 'What was typed as the body and is no JSON yet. The form takes it away when it has become JSON; until then the request is not sent.' };

/**
 * The schema of any request file: which operations there are, and the parts of a request. What an operation's parameters and body are, the
 * schema that a file names with "$schema" says.
 * @param {readonly import('./catalogue.ts').OperationEntry[]} catalogue
 */
export function requestFileSchema(catalogue) {
  const named = catalogue.filter(({ sdkNames }) => sdkNames.length > 0);
  // Without it, the editor's JSON language would list all that there are.
  const errorMessage = 'There is no such operation. Completion lists those there are.';
  const words = ({ summary, method, path }) => `${summary}\n\n\`${method} ${path}\``;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Open Banking request',
    type: 'object',
    additionalProperties: false,
    required: ['operation'],
    properties: {
      $schema: { type: 'string' },
      ...requestParts,
      operation: {
        type: 'string', description: 'The operation\'s id, or the Python SDK\'s name for it.',
        anyOf: [
          { enum: catalogue.map(({ operationId }) => operationId), markdownEnumDescriptions: catalogue.map(words), errorMessage },
          { enum: [...new Set(named.flatMap(({ sdkNames }) => sdkNames))], errorMessage },
        ],
      },
      parameters: { type: 'object', description: 'Path, query and header parameters, side by side.' },
      body: { description: 'What is sent, when the operation takes a body.' },
      bodyDraft: bodyDraftPart,
    },
  };
}
