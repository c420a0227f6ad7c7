// Part `clientInEditor`: the client as the explorer uses it, inside the extension host, through the `fetch` that the editor has put in the
// place of Node's for its proxy and certificate settings. `node:http` is the editor's there too; npm undici is nobody's but ours.
import { openEditor } from './editor.ts';
import { startApiServer } from './servers.ts';

const server = await startApiServer();
const editor = await openEditor();
try {
  const window = await editor.open();
  await window.page.waitForTimeout(3_000);
  for (const table of await window.ask('client', server.url)) console.log(table);
  await window.close();
} finally {
  await editor.close();
  await server.stop();
}
process.exit(0);
