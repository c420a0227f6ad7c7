// The least that a local server can be: one fixed answer. What the sandbox takes is measured beside it. Plain JavaScript, as the built
// sandbox is, so that neither start pays for the removal of types.
import { createServer } from 'node:http';

const body = Buffer.from(JSON.stringify({
  id: '1005061234', username: 'meadow_bench_customer', firstName: 'Ada', lastName: 'Fields', type: 'testing', createdDate: '1712000000', lastModifiedDate: '1712000000',
}));
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
  response.end(body);
});
server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1', () => process.send({ type: 'ready', url: `http://127.0.0.1:${server.address().port}` }));
process.on('disconnect', () => process.exit(0));
