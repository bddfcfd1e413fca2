import { once } from 'node:events';
import type { HttpApp } from '../src/platform/index.ts';
import { type ApiRoute, listApiRoutes } from './apiRoutes.ts';
import { type Known, sampleBodies } from './sampleBody.ts';

export interface ForeignAttempt {
  readonly app: HttpApp;
  /** Credentials of another workspace, allowed everything there. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Ids of things in the attacked workspace: for path and query parameters and for properties of bodies, by name. A
   * name may be bound to the routes under one path: `'/api/v1/sites id'`.
   */
  readonly ids: Readonly<Record<string, string | number>>;
  /** Texts that stand in the attacked workspace's data and nowhere else. */
  readonly marks: readonly string[];
}

/** The ids that count for a route: those bound to its path win over the general ones. */
function idsFor(path: string, ids: ForeignAttempt['ids']): Known {
  const general = Object.entries(ids).filter(([name]) => !name.includes(' '));
  const bound = Object.entries(ids).flatMap(([name, value]) => {
    const [under = '', id = ''] = name.split(' ');
    return id !== '' && path.startsWith(under) ? [[id, value] as const] : [];
  });
  return Object.fromEntries([...general, ...bound]);
}

function addressOf({ path, operation }: ApiRoute, ids: Known): { url: string; attacks: boolean } {
  let attacks = false;
  const url = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const id = ids[name];
    if (id === undefined) throw new Error(`no id for {${name}} of ${path}: add it to ids`);
    attacks = true;
    return encodeURIComponent(String(id));
  });
  const query = new URLSearchParams();
  for (const parameter of operation.parameters ?? []) {
    const id = ids[parameter.name];
    if (parameter.in === 'query' && id !== undefined) query.set(parameter.name, String(id));
  }
  return { url: query.size === 0 ? url : `${url}?${query}`, attacks };
}

const streams = ({ operation }: ApiRoute): boolean =>
  Object.values(operation.responses).some((answer) => answer.content?.['text/event-stream'] !== undefined);

/** The beginning of an endless answer. */
async function listenFor(app: HttpApp, request: { url: string; headers: Record<string, string> }) {
  const answer = await app.inject({ method: 'GET', ...request, payloadAsStream: true });
  const stream = answer.stream();
  let body = '';
  stream.on('data', (chunk: Buffer) => {
    body += chunk.toString();
  });
  const ended = once(stream, 'close');
  setTimeout(() => stream.destroy(), 300);
  await ended;
  return { statusCode: answer.statusCode, body };
}

/**
 * Calls every documented route that demands credentials with those of another workspace and returns a sentence for
 * each answer that shows or touches what it must not: a mark in it, a success on a foreign id, or a crash.
 */
export async function findForeignLeaks(attempt: ForeignAttempt): Promise<{ called: number; leaks: string[] }> {
  const { app, headers, marks } = attempt;
  const document = app.swagger();
  const definitions = 'components' in document ? { ...document.components?.schemas } : {};
  const guarded = listApiRoutes(app).filter(({ operation }) => (operation.security?.length ?? 0) > 0);
  const leaks: string[] = [];
  let called = 0;
  for (const route of guarded) {
    const ids = idsFor(route.path, attempt.ids);
    const { url, attacks } = addressOf(route, ids);
    const schema = route.operation.requestBody?.content['application/json']?.schema;
    const bodies = schema === undefined ? [undefined] : sampleBodies(schema, ids, definitions);
    for (const payload of bodies) {
      called += 1;
      const sent = { ...headers, ...(payload === undefined ? {} : { 'content-type': 'application/json' }) };
      const answer = streams(route)
        ? await listenFor(app, { url, headers: sent })
        : await app.inject({
            method: route.method,
            url,
            headers: sent,
            ...(payload === undefined ? {} : { payload: JSON.stringify(payload) }),
          });
      const name = `${route.method} ${url} (${answer.statusCode})`;
      const shown = marks.filter((mark) => answer.body.includes(mark));
      if (shown.length > 0) leaks.push(`${name} shows ${shown.join(', ')}`);
      if (attacks && answer.statusCode < 300) leaks.push(`${name} succeeded on what belongs to another workspace`);
      if (answer.statusCode >= 500) leaks.push(`${name} failed: ${answer.body}`);
    }
  }
  return { called, leaks };
}
