import { createServer } from 'node:net';

/**
 * A mail server that takes everything and keeps nothing, in a process of its own: it costs as little as one can, so that what is
 * measured is the sender. Tells its parent its port, and on any message from it how many mails it took.
 */
let mails = 0;
const server = createServer((socket) => {
  socket.setNoDelay(true);
  let inData = false;
  let rest = '';
  const say = (line: string): boolean => socket.write(`${line}\r\n`);
  say('220 sink ESMTP');
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    rest += chunk.toString('latin1');
    for (;;) {
      if (inData) {
        const end = rest.indexOf('\r\n.\r\n');
        if (end < 0) {
          rest = rest.slice(-4);
          return;
        }
        rest = rest.slice(end + 5);
        inData = false;
        mails += 1;
        say(`250 2.0.0 taken as ${mails}`);
        continue;
      }
      const end = rest.indexOf('\r\n');
      if (end < 0) return;
      const line = rest.slice(0, end);
      rest = rest.slice(end + 2);
      const word = line.slice(0, 4).toUpperCase();
      if (word === 'EHLO') say('250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8');
      else if (word === 'DATA') {
        inData = true;
        say('354 go on');
      } else if (word === 'QUIT') {
        say('221 bye');
        socket.end();
      } else say('250 ok');
    }
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 });
});
process.on('message', () => process.send?.({ taken: mails }));
process.on('disconnect', () => process.exit(0));
