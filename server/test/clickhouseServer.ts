import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { drainPending, Session } from 'chdb';

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
async function execute(folder: string, asked: Asked, onClosed: (stop: () => void) => void): Promise<Uint8Array> {
  const session = new Session(folder);
  try {
    const tag = randomUUID();
    onClosed(() => stopQuery(folder, tag));
    const pairs = [...asked.settings, ...asked.params, ['log_comment', tag] as const].map(
      ([name, value]) => `${name}=${sqlString(value)}`,
    );
    await session.queryAsync(`set ${pairs.join(', ')}; use ${asked.database}`);
    return (await session.queryAsync(asked.statement, { format: asked.format })).bytes();
  } finally {
    session.close();
  }
}

function stopQuery(folder: string, tag: string): void {
  const session = new Session(folder);
  session.queryAsync(`kill query where Settings['log_comment'] = '${tag}' async`).finally(() => session.close());
}

async function answer(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url?.startsWith('/ping')) {
    response.end('Ok.\n');
    return;
  }
  try {
    const asked = await readAsked(request);
    const stopOnClose = (stop: () => void): void => {
      response.on('close', () => {
        if (!response.writableEnded) stop();
      });
    };
    const bytes = await execute(folder, asked, stopOnClose);
    response.setHeader('X-ClickHouse-Format', asked.format);
    response.end(bytes);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const code = /Code: (\d+)/.exec(message)?.[1] ?? '1001';
    response.writeHead(500, { 'X-ClickHouse-Exception-Code': code, 'Content-Type': 'text/plain; charset=UTF-8' });
    response.end(`${message}\n`);
  }
}

const [folder = '', password = ''] = process.argv.slice(-2);
/** Keeps the engine alive between requests. */
const keeper = new Session(folder);
const expected = `Basic ${Buffer.from(`default:${password}`).toString('base64')}`;
const server = createServer((request, response) => {
  if (request.headers.authorization === expected || request.url?.startsWith('/ping')) {
    void answer(folder, request, response);
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
