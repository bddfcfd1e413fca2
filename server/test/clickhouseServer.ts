import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { drainPending, Session } from 'chdb';
import { openPipe } from '../src/platform/clickhouse/embedded/pipe.ts';

/**
 * ClickHouse's HTTP interface over chDB, as far as our client uses it, so that the path of `CLICKHOUSE_URL` is tested
 * against the real engine. Runs as a process of its own, started by `startClickhouseServer`: a process opens one folder.
 */
interface Asked {
  readonly statement: string;
  readonly settings: ReadonlyMap<string, string>;
  readonly params: ReadonlyMap<string, string>;
  readonly database: string;
  readonly format: string;
}

/** Parameters of the address that are not settings of the engine. */
const notSettings = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'session_id',
  'role',
  'user',
  'password',
  'wait_end_of_query',
  'enable_http_compression',
  'send_progress_in_http_headers',
  'http_headers_progress_interval_ms',
  'cancel_http_readonly_queries_on_client_close',
]);

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}

function readParts(body: Buffer, contentType: string): Map<string, string> {
  const boundary = /boundary=(.+)$/.exec(contentType)?.[1] ?? '';
  const parts = new Map<string, string>();
  for (const part of body.toString('utf8').split(`--${boundary}`)) {
    const [, name, value] = /name="([^"]+)"[^\r]*(?:\r\n[^\r]+)*\r\n\r\n([\s\S]*)\r\n$/.exec(part) ?? [];
    if (name !== undefined && value !== undefined) parts.set(name, value);
  }
  return parts;
}

async function readAsked(request: IncomingMessage): Promise<Asked> {
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const fields = new Map(searchParams);
  const contentType = request.headers['content-type'] ?? '';
  const body = await readBody(request);
  const isForm = contentType.startsWith('multipart/form-data');
  if (isForm) for (const [name, value] of readParts(body, contentType)) fields.set(name, value);
  const pieces = [fields.get('query') ?? '', isForm ? '' : body.toString('utf8')];
  const names = [...fields.keys()];
  const pick = (wanted: readonly string[]): Map<string, string> =>
    new Map(wanted.map((name) => [name, fields.get(name) ?? '']));
  return {
    statement: pieces.filter((piece) => piece !== '').join('\n'),
    settings: pick(names.filter((name) => !notSettings.has(name) && !name.startsWith('param_'))),
    params: pick(names.filter((name) => name.startsWith('param_'))),
    database: fields.get('database') ?? 'default',
    format: fields.get('default_format') ?? 'TabSeparated',
  };
}

const sqlString = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** Settings end with their request, as without `session_id` on a server: every request has a connection of its own. */
async function withSession(asked: Asked, response: ServerResponse, work: (session: Session) => Promise<void>) {
  const session = new Session(folder);
  const tag = randomUUID();
  let isOver = false;
  const stop = (): void => void stopQuery(tag, () => isOver || response.writableFinished);
  response.once('close', stop);
  try {
    const pairs = [...asked.settings, ...asked.params, ['log_comment', tag] as const].map(
      ([name, value]) => `${name}=${sqlString(value)}`,
    );
    await session.queryAsync('set max_query_size=1000000000');
    await session.queryAsync(`set ${pairs.join(', ')}; use ${asked.database}`);
    await work(session);
  } finally {
    isOver = true;
    session.close();
  }
}

/** Again and again: the reader may leave before the query has begun. */
async function stopQuery(tag: string, isOver: () => boolean): Promise<void> {
  const session = new Session(folder);
  for (; !isOver(); await pause(50)) {
    await session.queryAsync(`kill query where Settings['log_comment'] = '${tag}' async`);
  }
  session.close();
}

/** A result whose format the statement names is sent while it is made, as a server does. */
async function sendStream(session: Session, query: string, format: string, response: ServerResponse): Promise<void> {
  const closed = new AbortController();
  response.once('close', () => closed.abort());
  const pipe = await openPipe(folder);
  const file = `file(${sqlString(pipe.path)}, ${sqlString(format)})`;
  const written = session.queryAsync(`insert into function ${file} ${query}`);
  const ended = written.then(pipe.end, pipe.end);
  try {
    for await (const chunk of pipe.chunks.iterator({ destroyOnReturn: false })) {
      if (response.destroyed) break;
      if (!response.write(chunk)) await once(response, 'drain', { signal: closed.signal });
    }
    if (!response.destroyed) await written;
  } finally {
    pipe.chunks.resume();
    await ended;
    await pipe.remove();
  }
  response.end();
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const asked = await readAsked(request);
    const [, query, format] = /^([\s\S]*)\nformat (\w+)$/.exec(asked.statement) ?? [];
    await withSession(asked, response, async (session) => {
      if (query !== undefined && format !== undefined && !/^\s*insert/i.test(query)) {
        await sendStream(session, query, format, response);
      } else {
        response.end((await session.queryAsync(withoutSourceUser(asked.statement), { format: asked.format })).bytes());
      }
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (response.headersSent) {
      // As a server does when a result breaks off: the reader must not take it for whole.
      response.destroy();
      return;
    }
    const code = /Code: (\d+)/.exec(message)?.[1] ?? '1001';
    response.writeHead(500, { 'X-ClickHouse-Exception-Code': code, 'Content-Type': 'text/plain; charset=UTF-8' });
    response.end(`${message}\n`);
  }
}

/** The engine's own user has no password, so what a server checks when a dictionary logs in is checked here. */
function withoutSourceUser(statement: string): string {
  return statement.replace(`source(clickhouse(user 'default' password ${sqlString(password)} `, 'source(clickhouse(');
}

const [folder = '', password = ''] = process.argv.slice(-2);
/** Keeps the engine alive between requests. */
const keeper = new Session(folder);
const expected = `Basic ${Buffer.from(`default:${password}`).toString('base64')}`;
const server = createServer((request, response) => {
  if (request.url?.startsWith('/ping')) {
    response.end('Ok.\n');
    return;
  }
  if (request.headers.authorization === expected) {
    void answer(request, response);
    return;
  }
  response.writeHead(403, { 'X-ClickHouse-Exception-Code': '516' });
  response.end('Code: 516. DB::Exception: default: Authentication failed. (AUTHENTICATION_FAILED)\n');
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' && address !== null ? address.port : 0}\n`);
});
process.on('SIGTERM', async () => {
  server.close();
  server.closeAllConnections();
  keeper.close();
  await drainPending();
  process.exit(0);
});
