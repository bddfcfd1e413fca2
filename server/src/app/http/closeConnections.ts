import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** A connection that comes while the server stops may still ask, and is told to come back. */
const lastWordMs = 500;

/**
 * Lets the server stop at once. Node closes, at the end, only connections that have carried a request before: one that
 * a browser opened ahead of need, or that began a request and fell silent, would hold up the stop for a minute, the
 * time a request may take to arrive. Here every connection without a request being answered is closed when the stop
 * begins, and the others as soon as their answers are out.
 */
export function closeQuietConnections(app: FastifyInstance): void {
  const answering = new Map<Socket, number>();
  let stopping = false;
  const closeIfQuiet = (socket: Socket): void => {
    if ((answering.get(socket) ?? 0) === 0) socket.destroySoon();
  };
  app.server.on('connection', (socket: Socket) => {
    answering.set(socket, 0);
    socket.once('close', () => answering.delete(socket));
    if (stopping) setTimeout(() => closeIfQuiet(socket), lastWordMs).unref();
  });
  app.server.on('request', ({ socket }, response) => {
    answering.set(socket, (answering.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const left = answering.get(socket);
      if (left === undefined) return;
      answering.set(socket, left - 1);
      if (stopping) closeIfQuiet(socket);
    });
  });
  app.addHook('preClose', async () => {
    stopping = true;
    for (const socket of answering.keys()) closeIfQuiet(socket);
  });
}
