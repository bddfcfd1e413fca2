import type { IncomingMessage } from 'node:http';
import { collectionLimits } from '@vitrail/contracts';
import { Fault } from '../../platform/index.ts';
import { faultOf, type Refusal } from './refusal.ts';
import { tooLarge } from './unpackBody.ts';

/** A byte order mark may come before a full batch. */
const keptBytes = collectionLimits.batchBytes + 3;
/** A body over the limit is still read to its end up to here, so that the client reads our answer instead of a broken pipe. */
const drainedBytes = 8 * 1024 * 1024;

/**
 * Reads the raw body of a collection request. Fastify's own reader would close the connection on the first byte too
 * many. `done` gets a buffer of our own (never a view of the socket's), or the refusal of a body that is too large; an
 * error ends the connection.
 */
export function readBody(stream: IncomingMessage, done: (error: Error | null, body?: Buffer | Refusal) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  let settled = false;
  const settle = (error: Error | null, body?: Buffer | Refusal): void => {
    if (settled) return;
    settled = true;
    done(error, body);
  };
  if (Number(stream.headers['content-length']) > drainedBytes) {
    settle(faultOf(tooLarge));
    return;
  }
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= keptBytes) chunks.push(chunk);
    else if (size > drainedBytes) settle(faultOf(tooLarge));
    else chunks.length = 0;
  });
  stream.on('end', () => {
    if (size > keptBytes) settle(null, tooLarge);
    else settle(null, Buffer.concat(chunks, size));
  });
  stream.on('error', (cause) =>
    settle(new Fault('invalid', 'collect.body_cut_off', 'The body ended before it was complete.', { cause })),
  );
}
