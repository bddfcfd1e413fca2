import { createServer } from 'node:http';

/** One call as the collector got it. */
export interface Call {
  readonly path: string;
  readonly writeKey: string;
  readonly contentType: string;
  readonly body: CallBody;
}

interface CallBody {
  readonly type: string;
  readonly event?: string;
  readonly name?: string;
  readonly messageId: string;
  readonly anonymousId: string;
  readonly userId?: string | null;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly traits?: Readonly<Record<string, unknown>>;
  readonly context: {
    readonly consent?: { readonly categoryPreferences: Readonly<Record<string, boolean>> };
    readonly page?: { readonly url: string };
  };
}

interface BatchBody {
  readonly writeKey: string;
  readonly batch: readonly CallBody[];
}

/** Stands for the collection door: keeps every call once, in order of arrival. */
export async function startCollector() {
  const calls: Call[] = [];
  const seen = new Set<string>();
  const other: string[] = [];
  const server = createServer((request, response) => {
    const headers = {
      'access-control-allow-origin': request.headers.origin ?? '*',
      'access-control-allow-credentials': 'true',
      'content-type': 'application/json',
    };
    let text = '';
    request.on('data', (part) => (text += part));
    request.on('end', () => {
      const path = request.url ?? '';
      if (path.startsWith('/sdk/')) return response.writeHead(200, { 'content-type': 'text/javascript' }).end();
      response.writeHead(200, headers);
      if (request.method !== 'POST' || path !== '/v1/e') other.push(`${request.method} ${path}`);
      else {
        const { writeKey, batch }: BatchBody = JSON.parse(text);
        const contentType = request.headers['content-type'] ?? '';
        // A call whose answer was lost by leaving a page comes again from the next one.
        for (const body of batch) if (!seen.has(body.messageId)) calls.push({ path, writeKey, contentType, body });
        for (const { messageId } of batch) seen.add(messageId);
      }
      return response.end('{"success":true}');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The collector has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    calls,
    other,
    /** Waits until an event of this name has come, and gives it. */
    async waitFor(event: string, count = 1): Promise<Call> {
      for (let tries = 0; tries < 400; tries++) {
        const found = calls.filter(({ body }) => nameOf(body) === event);
        const last = found[count - 1];
        if (last !== undefined) return last;
        await new Promise((done) => setTimeout(done, 25));
      }
      throw new Error(`No ${event} came; there are ${calls.map(({ body }) => nameOf(body)).join(', ') || 'no calls'}.`);
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

export function nameOf({ type, event, name }: CallBody): string {
  if (type === 'track') return event ?? '';
  return type === 'page' ? `page ${name ?? ''}` : type;
}
