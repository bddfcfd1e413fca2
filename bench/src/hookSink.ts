import { createServer } from 'node:net';

/**
 * A receiver of webhooks that takes everything and keeps nothing, in a process of its own: it costs as little as one can, so that
 * what is measured is the sender. Tells its parent its port, and on any message from it how many posts it took.
 */
let posts = 0;
const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-type: text/plain\r\n\r\nok';
const server = createServer((socket) => {
  socket.setNoDelay(true);
  let rest = '';
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    rest += chunk.toString('latin1');
    for (;;) {
      const end = rest.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(rest.slice(0, end))?.[1] ?? 0);
      if (end < 0 || rest.length < end + 4 + length) return;
      rest = rest.slice(end + 4 + length);
      posts += 1;
      socket.write(answer);
    }
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 });
});
process.on('message', () => process.send?.({ taken: posts }));
process.on('disconnect', () => process.exit(0));
