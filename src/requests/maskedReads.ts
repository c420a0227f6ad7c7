// A client that answers masked, for what only shows: lists to pick an id from. Ids are never masked, so what is picked is true, and what is
// sent is what was given. Free of vscode.
import type { Client } from '../client/types.ts';
import { aboutOf, type Masker } from '../masking/masker.ts';

export type Reads = Pick<Client, 'call' | 'pages'>;

export function maskedReads(client: Reads, masker: Masker): Reads {
  return {
    call: async (operation, input, options) => masker.data(await client.call(operation, input, options), aboutOf(operation)),
    async *pages<T>(...[operation, input, options]: Parameters<Client['pages']>) {
      for await (const page of client.pages<T>(operation, input, options)) yield { ...page, items: page.items.map((item) => masker.data(item, aboutOf(operation))) };
    },
  };
}
