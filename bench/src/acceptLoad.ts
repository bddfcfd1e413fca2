import { connect, type Socket } from 'node:net';

/**
 * The load generator of `accept.ts`, in a process of its own. Speaks HTTP/1.1 by hand over keep-alive sockets: a real
 * client library would use more of the two cores than the server under test.
 */
export interface LoadOrder {
  readonly host: string;
  readonly port: number;
  readonly writeKey: string;
  readonly connections: number;
  readonly seconds: number;
  /** Events per request; 1 uses `/v1/track`. */
  readonly batch: number;
  /** Requests a second over all connections, or null for as fast as answers come. */
  readonly pace: number | null;
}

export interface LoadReport {
  readonly seconds: number;
  readonly requests: number;
  readonly events: number;
  /** Answers other than 200, by status. */
  readonly failures: Readonly<Record<string, number>>;
  readonly latencyMs: { readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number };
}

const counterDigits = 12;
const counterText = (value: number): string => String(value).padStart(counterDigits, '0');

/** A page view of a shop as analytics-next sends it, ~650 bytes. Every 12-digit run of nines is replaced per request. */
function sampleEvent(run: string): string {
  const marker = '9'.repeat(counterDigits);
  return JSON.stringify({
    type: 'track',
    event: 'Product Viewed',
    messageId: `bench-${run}-${marker}`,
    anonymousId: `anon-${run}-${marker.slice(0, 4)}`,
    timestamp: new Date().toISOString(),
    properties: {
      product_id: 'P-10422',
      name: 'Pull en laine mérinos',
      category: 'Femme/Pulls',
      price: 79.9,
      currency: 'EUR',
      variant: 'bleu nuit',
    },
    context: {
      page: { url: 'https://shop.example/p/10422?size=m', path: '/p/10422', title: 'Pull en laine', referrer: '' },
      userAgent: 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
      locale: 'fr-FR',
      library: { name: 'analytics.js', version: 'npm:next-1.84.3' },
    },
  });
}

interface Template {
  readonly bytes: Buffer;
  readonly counters: readonly number[];
}

function makeTemplate(order: LoadOrder): Template {
  const run = Math.random().toString(36).slice(2, 8);
  const event = sampleEvent(run);
  const sentAt = new Date().toISOString();
  const body =
    order.batch === 1
      ? event
      : `{"batch":[${Array.from({ length: order.batch }, () => event).join(',')}],"sentAt":"${sentAt}"}`;
  const head = [
    `POST ${order.batch === 1 ? '/v1/track' : '/v1/batch'} HTTP/1.1`,
    `Host: ${order.host}:${order.port}`,
    `Authorization: Basic ${Buffer.from(`${order.writeKey}:`).toString('base64')}`,
    'Content-Type: application/json',
    'User-Agent: vitrail-bench',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ].join('\r\n');
  const bytes = Buffer.from(`${head}\r\n\r\n${body}`);
  const counters: number[] = [];
  for (
    let at = bytes.indexOf('9'.repeat(counterDigits));
    at >= 0;
    at = bytes.indexOf('9'.repeat(counterDigits), at + 1)
  ) {
    counters.push(at);
  }
  return { bytes, counters };
}

class Load {
  readonly #order: LoadOrder;
  readonly #template: Template;
  readonly #latencies: number[] = [];
  readonly #failures: Record<string, number> = {};
  #counter = 0;
  #begin = 0;
  #end = 0;

  constructor(order: LoadOrder) {
    this.#order = order;
    this.#template = makeTemplate(order);
  }

  #nextRequest(): Buffer {
    const request = Buffer.from(this.#template.bytes);
    for (const at of this.#template.counters) request.write(counterText(++this.#counter), at, 'latin1');
    return request;
  }

  #noteAnswer(head: string, since: number): void {
    if (head.startsWith('HTTP/1.1 200')) this.#latencies.push(performance.now() - since);
    else {
      const status = head.slice(9, 12);
      this.#failures[status] = (this.#failures[status] ?? 0) + 1;
    }
  }

  /** One connection: a request, its answer, the next request (at its time when paced). */
  #drive(socket: Socket, index: number): Promise<void> {
    const { pace, connections } = this.#order;
    const gap = pace === null ? 0 : (connections / pace) * 1_000;
    let due = this.#begin + (gap * index) / connections;
    let since = 0;
    let pending = '';
    return new Promise((resolve, reject) => {
      const send = (): void => {
        // Latency counts from when the request was due, so that a stalled server cannot hide what queued up behind it.
        since = pace === null ? performance.now() : due;
        socket.write(this.#nextRequest());
      };
      const next = (): void => {
        const now = performance.now();
        if (now >= this.#end) {
          socket.end();
          resolve();
          return;
        }
        due += gap;
        if (pace === null || due <= now) send();
        else setTimeout(send, due - now);
      };
      socket.on('data', (chunk) => {
        pending += chunk.toString('latin1');
        const headEnd = pending.indexOf('\r\n\r\n');
        if (headEnd < 0) return;
        const length = Number(/content-length: (\d+)/i.exec(pending)?.[1] ?? 0);
        if (pending.length < headEnd + 4 + length) return;
        this.#noteAnswer(pending, since);
        pending = '';
        next();
      });
      socket.on('error', reject);
      if (pace === null) send();
      else setTimeout(send, Math.max(0, due - performance.now()));
    });
  }

  async run(): Promise<LoadReport> {
    const { host, port, connections, seconds, batch } = this.#order;
    const sockets = await Promise.all(
      Array.from({ length: connections }, () => {
        const socket = connect({ host, port, noDelay: true });
        return new Promise<Socket>((resolve, reject) => {
          socket.once('connect', () => resolve(socket));
          socket.once('error', reject);
        });
      }),
    );
    this.#begin = performance.now();
    this.#end = this.#begin + seconds * 1_000;
    await Promise.all(sockets.map((socket, index) => this.#drive(socket, index)));
    const took = (performance.now() - this.#begin) / 1_000;
    const sorted = this.#latencies.sort((a, b) => a - b);
    const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
    return {
      seconds: took,
      requests: sorted.length,
      events: sorted.length * batch,
      failures: this.#failures,
      latencyMs: { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) },
    };
  }
}

process.on('message', (order: LoadOrder) => {
  new Load(order).run().then(
    (report) => process.send?.({ report }, undefined, {}, () => process.disconnect()),
    (error: unknown) => process.send?.({ error: String(error) }, undefined, {}, () => process.disconnect()),
  );
});
