// Where the project lies; every script starts from here, so none depends on the folder it is called from.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
