import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { isPrivateAddress, lookupPublic } from './publicAddress.ts';

export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface HttpAnswer {
  readonly kind: 'answer';
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/**
 * `bad_address`: the URL is none, or one that may not be called. `not_sent`: the other side has heard nothing. `lost`: it
 * may have acted, and we shall never know.
 */
export type HttpEnd = HttpAnswer | { readonly kind: 'bad_address' | 'not_sent' | 'lost'; readonly detail: string };

export interface HttpClient {
  /** Never throws, follows no redirect. */
  call(request: HttpCall): Promise<HttpEnd>;
  close(): void;
}

const answerLimit = 256 * 1024;

/**
 * An HTTP client that knows whether a request left: `fetch` tells a refused connection and a lost answer apart in words
 * only. Connections are kept, but not longer than the shortest patience of usual servers (5 s), since a request on a
 * connection that the server closes at the same moment is lost.
 */
export function createHttpClient(options: {
  connections: number;
  timeoutMs: number;
  /** Only addresses of the open internet: for URLs that people or browsers gave us. */
  publicOnly: boolean;
}): HttpClient {
  const { connections, timeoutMs, publicOnly } = options;
  const agentOptions = { keepAlive: true, maxSockets: connections, timeout: 4_000, scheduling: 'lifo' } as const;
  const agents = { http: new HttpAgent(agentOptions), https: new HttpsAgent(agentOptions) };

  return {
    call: ({ method, url: text, headers, body }) =>
      new Promise((resolve) => {
        if (!URL.canParse(text)) return resolve({ kind: 'bad_address', detail: 'The address is not a URL.' });
        const url = new URL(text);
        if (url.protocol !== 'https:' && url.protocol !== 'http:')
          return resolve({ kind: 'bad_address', detail: 'The address is not one of HTTP.' });
        if (publicOnly && isPrivateAddress(url.hostname))
          return resolve({ kind: 'bad_address', detail: 'Private addresses are not called.' });
        const secure = url.protocol === 'https:';
        let connected = false;
        let answered = false;
        const fail = ({ code = 'ERROR', message }: NodeJS.ErrnoException): void => {
          const kind = code === 'EPRIVATE' ? 'bad_address' : connected ? 'lost' : 'not_sent';
          resolve({ kind, detail: `${code}: ${message}` });
        };
        const request = (secure ? requestHttps : requestHttp)(url, {
          method,
          agent: secure ? agents.https : agents.http,
          headers: body === undefined ? headers : { ...headers, 'content-length': Buffer.byteLength(body) },
          ...(publicOnly ? { lookup: lookupPublic } : {}),
        });
        const deadline = setTimeout(() => {
          request.destroy(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' }));
        }, timeoutMs);
        request.on('socket', (socket) => {
          if (request.reusedSocket || !socket.connecting) connected = true;
          else
            socket.once(secure ? 'secureConnect' : 'connect', () => {
              connected = true;
            });
        });
        request.on('error', (error) => {
          clearTimeout(deadline);
          // With the status the decision is known, even when the rest of the answer is cut off.
          if (!answered) fail(error);
        });
        request.on('response', (response) => {
          answered = true;
          readBody(response, (text) => {
            clearTimeout(deadline);
            resolve({ kind: 'answer', status: response.statusCode ?? 0, headers: response.headers, body: text });
          });
        });
        request.end(body);
      }),
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

function readBody(response: IncomingMessage, done: (text: string) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  response.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= answerLimit) chunks.push(chunk);
    else response.destroy();
  });
  // Also after an abort: what came counts.
  response.on('error', () => undefined);
  response.on('close', () => done(Buffer.concat(chunks).toString('utf8')));
}
