import { z } from 'zod';
import { type ApiRoute, readApiRoutes } from '../../../server/test/apiRoutes.ts';
import { type Known, sampleBodies } from '../../../server/test/sampleBody.ts';

export interface Attack {
  readonly url: string;
  /** Of somebody who may do everything in another workspace. */
  readonly headers: Readonly<Record<string, string>>;
  /** What they learned of the attacked workspace: values for path and query parameters and members of bodies. */
  readonly ids: Known;
  /** The same for one route alone: `/api/v1/sites/{id}` → its `id`. */
  readonly idOf: Readonly<Record<string, string | number>>;
  /** Texts that stand in the attacked workspace and nowhere else. */
  readonly marks: readonly string[];
  /** Reads and changes nothing. */
  readonly harmless?: boolean;
}

export interface Outcome {
  readonly called: number;
  readonly leaks: readonly string[];
}

const definitionsSchema = z.object({
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }).optional(),
});
/** An endless answer is listened to for this long. */
const listenMs = 700;

/** Paths of which the last part is a name that every workspace chooses for itself. */
const names = new Set([
  'PUT /api/v1/tracking-plan/{event}',
  'DELETE /api/v1/tracking-plan/{event}',
  'GET /api/v1/matching/models/{version}',
  'PUT /api/v1/template-parts/{name}',
  'DELETE /api/v1/template-parts/{name}',
  'POST /api/v1/templates/ready/{key}',
  'GET /api/v1/deliverability/domains/{domain}',
  'DELETE /api/v1/deliverability/domains/{domain}',
  'PUT /api/v1/deliverability/domains/{domain}',
  'POST /api/v1/deliverability/domains/{domain}/check',
]);
const emptyList = /^\{"items":\[\]/;

function addressOf({ path, operation }: ApiRoute, { ids, idOf }: Attack): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.entries(idOf).find(([under]) => path.startsWith(under))?.[1] ?? ids[name];
    if (value === undefined) throw new Error(`the attack knows no ${name} for ${path}`);
    return encodeURIComponent(String(value));
  });
  const query = new URLSearchParams();
  for (const parameter of operation.parameters ?? []) {
    const value = ids[parameter.name];
    if (parameter.in === 'query' && value !== undefined) query.set(parameter.name, String(value));
  }
  return query.size === 0 ? filled : `${filled}?${query}`;
}

/** Every body worth a try, with its content type. */
function bodiesOf(
  { operation }: ApiRoute,
  ids: Known,
  definitions: Readonly<Record<string, unknown>>,
): (RequestInit | null)[] {
  const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  if (type === undefined) return [null];
  if (type === 'multipart/form-data') {
    const form = new FormData();
    for (const name of ['upload', 'source']) form.set(name, String(ids[name]));
    form.set('as', 'orders');
    return [{ body: form }];
  }
  const headers = { 'content-type': type };
  if (type !== 'application/json') return [{ headers, body: 'Date,USD\n2026-01-02,1.1\n' }];
  return sampleBodies(content?.schema, ids, definitions).map((body) => ({ headers, body: JSON.stringify(body) }));
}

/** The whole answer, or the beginning of one that does not end. */
async function ask(url: string, init: RequestInit): Promise<{ status: number; text: string }> {
  const response = await fetch(url, init);
  const endless = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  if (!endless || response.body === null) return { status: response.status, text: await response.text() };
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const over = setTimeout(() => void reader.cancel(), listenMs);
  let text = '';
  for (let next = await reader.read(); !next.done; next = await reader.read()) text += next.value;
  clearTimeout(over);
  return { status: response.status, text };
}

/**
 * Calls every documented route that demands credentials with those of another workspace. Returns a sentence for each
 * answer that shows a mark, does something to a foreign id, or is a crash.
 */
export async function attackRoutes(document: unknown, attack: Attack): Promise<Outcome> {
  const definitions = definitionsSchema.parse(document).components?.schemas ?? {};
  const guarded = readApiRoutes(document).filter(
    ({ method, operation }) => (operation.security?.length ?? 0) > 0 && (method === 'GET' || attack.harmless !== true),
  );
  const leaks: string[] = [];
  let called = 0;
  for (const route of guarded) {
    const address = addressOf(route, attack);
    const aims = route.path.includes('{') && !names.has(`${route.method} ${route.path}`);
    for (const body of bodiesOf(route, attack.ids, definitions)) {
      called += 1;
      const { status, text } = await ask(attack.url + address, {
        method: route.method,
        ...body,
        headers: { ...attack.headers, ...body?.headers },
      });
      const name = `${route.method} ${address} (${status})`;
      const shown = attack.marks.filter((mark) => text.includes(mark));
      if (shown.length > 0) leaks.push(`${name} shows ${shown.join(', ')}`);
      if (aims && status < 300 && !emptyList.test(text))
        leaks.push(`${name} succeeded on what belongs to another workspace`);
      if (status >= 500) leaks.push(`${name} failed: ${text}`);
    }
  }
  return { called, leaks };
}
