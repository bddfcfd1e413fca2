import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { writeCalls } from './mix.ts';

/**
 * Sends a realistic stream of events, in a process of its own. The requests are written before the clock starts and the
 * HTTP is by hand: on two cores a real client would take more of them than the server under test.
 */
export interface SendOrder {
  readonly host: string;
  readonly port: number;
  readonly writeKey: string;
  readonly events: number;
  readonly visitors: number;
  readonly run: string;
  /** Events per request. */
  readonly batch: number;
  readonly connections: number;
  /** Events a second, or null for as fast as the server accepts. */
  readonly pace: number | null;
}

export interface SendReport {
  readonly seconds: number;
  readonly bytes: number;
  /** Requests that were answered 503 or 429 and sent again. */
  readonly busy: number;
}

function writeRequests({ host, port, writeKey, events, visitors, run, batch }: SendOrder): Buffer[] {
  const calls = writeCalls({ visitors, run });
  const head = [
    'POST /v1/batch HTTP/1.1',
    `Host: ${host}:${port}`,
    `Authorization: Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`,
    'Content-Type: text/plain',
  ].join('\r\n');
  const requests: Buffer[] = [];
  for (let sent = 0; sent < events; sent += batch) {
    const texts = Array.from({ length: Math.min(batch, events - sent) }, () => JSON.stringify(calls.next().value));
    const body = Buffer.from(`{"batch":[${texts.join(',')}],"sentAt":"${new Date().toISOString()}"}`);
    requests.push(Buffer.concat([Buffer.from(`${head}\r\nContent-Length: ${body.length}\r\n\r\n`), body]));
  }
  return requests;
}

/** Sends one request and resolves with the status of its answer. */
function post(socket: Socket, request: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const onData = (chunk: Buffer): void => {
      answer += chunk.toString('latin1');
      const headEnd = answer.indexOf('\r\n\r\n');
      if (headEnd < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? 0);
      if (answer.length < headEnd + 4 + length) return;
      socket.off('data', onData);
      socket.off('error', reject);
      resolve(Number(answer.slice(9, 12)));
    };
    socket.on('data', onData);
    socket.once('error', reject);
    socket.write(request);
  });
}

async function send(order: SendOrder, requests: readonly Buffer[]): Promise<SendReport> {
  const { host, port, connections, pace, batch } = order;
  const began = performance.now();
  let next = 0;
  let busy = 0;
  const drive = async (): Promise<void> => {
    const socket = connect({ host, port, noDelay: true });
    for (let index = next++; index < requests.length; index = next++) {
      const request = requests[index];
      if (request === undefined) break;
      if (pace !== null) await pause(Math.max(0, began + (index * batch * 1_000) / pace - performance.now()));
      for (let status = await post(socket, request); status !== 200; status = await post(socket, request)) {
        if (status !== 503 && status !== 429) throw new Error(`the collection door answered ${status}`);
        busy++;
        await pause(100);
      }
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: connections }, drive));
  return {
    seconds: (performance.now() - began) / 1_000,
    bytes: requests.reduce((sum, { length }) => sum + length, 0),
    busy,
  };
}

let requests: readonly Buffer[] = [];
let order: SendOrder | null = null;

process.on('message', (message: SendOrder | 'go') => {
  if (message !== 'go') {
    order = message;
    requests = writeRequests(message);
    process.send?.('ready');
  } else if (order !== null) {
    send(order, requests).then(
      (report) => process.send?.({ report }, undefined, {}, () => process.disconnect()),
      (error: unknown) => process.send?.({ error: String(error) }, undefined, {}, () => process.disconnect()),
    );
  }
});
