import { channelSchema } from '@vitrail/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { Fault, type HttpApp, type Log } from '../../platform/index.ts';
import { createHttpClient } from '../channels/http/callHttp.ts';
import type { HookLinks } from '../channels/index.ts';
import { openProvider } from '../channels/setup/openProvider.ts';
import { findProvider } from '../channels/sql/providers.pg.ts';
import { textsOf } from './hook.ts';
import type { InboundParts } from './parts.ts';
import { readHooks } from './readHooks.ts';
import { takeNews } from './takeNews.ts';
import { takeTexts } from './takeTexts.ts';

export interface InboundDeps extends InboundParts {
  readonly log: Log;
  readonly hooks: HookLinks;
  /** `secrets.credentials`. */
  readonly credentials: Buffer;
  readonly publicUrl: string;
}

const params = z.object({ kind: z.string().max(20), token: z.string().max(512) });
/** A returned mail with its pictures; SendGrid sends up to 768 kB of events at once. */
const bodyBytes = 5 * 1024 * 1024;

const unknown = (): Fault => new Fault('not_found', 'communicate.no_such_hook', 'No provider has this address.');

/** Where providers send what became of messages. The address itself cannot be guessed; most sign what they send as well. */
export function registerInboundRoutes(app: HttpApp, deps: InboundDeps): void {
  const certificates = new LRUCache<string, string>({ max: 50, ttl: 3_600_000 });
  const http = createHttpClient({ connections: 4, timeoutMs: 10_000, publicOnly: true });
  app.addHook('onClose', async () => http.close());
  /** The same certificate is asked for with every event. */
  const fetchText = async (url: string): Promise<string | null> => {
    const kept = certificates.get(url);
    if (kept !== undefined) return kept;
    const end = await http.call({ method: 'GET', url, headers: {} });
    if (end.kind !== 'answer' || end.status !== 200) return null;
    if (new URL(url).pathname.endsWith('.pem')) certificates.set(url, end.body);
    return end.body;
  };

  async function receive(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { kind, token } = params.parse(request.params);
    const subject = deps.hooks.read(token);
    const read = readHooks.get(kind);
    if (subject === null || read === undefined || (subject.provider === 0) !== (kind === 'mail')) throw unknown();
    const { workspace } = subject;
    const row = subject.provider === 0 ? null : await deps.pg.row(findProvider, { workspace, id: subject.provider });
    if (subject.provider !== 0 && row?.kind !== kind) throw unknown();
    const opened = row === null ? null : openProvider(deps.credentials, workspace, row);
    const reading = await read(
      {
        method: request.method,
        url: `${deps.publicUrl}${request.url}`,
        query: textsOf(request.query),
        headers: textsOf(request.headers),
        body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      },
      { fields: { ...opened?.settings, ...opened?.secrets }, now: deps.clock.now(), fetchText },
    );
    if (reading.kind === 'forged') {
      deps.log.warn({ workspace, provider: kind }, 'news of a provider came without a signature that holds');
      throw new Fault('forbidden', 'communicate.hook_forged', 'The signature is missing or does not hold.');
    }
    if (reading.kind === 'unreadable')
      throw new Fault('invalid', 'communicate.hook_unreadable', `This is not what ${kind} is known to send.`);
    // SMTP bounces come by any mailbox; the message remembers the provider that took it.
    const channel = channelSchema.safeParse(row?.channel ?? 'email').data ?? 'email';
    const from = { workspace, provider: kind === 'mail' ? 'smtp' : kind, channel };
    await takeNews(deps, from, reading.news);
    await takeTexts(deps, from, reading.texts ?? []);
    if (reading.reply === undefined) return reply.code(204).send();
    return reply.type(reading.reply.type).send(reading.reply.body);
  }

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: bodyBytes }, (_, body, done) => done(null, body));
    const options = { config: { access: 'public' }, schema: { params, hide: true, tags: ['Public pages'] } } as const;
    scope.post('/m/hooks/:kind/:token', options, receive);
    // OVHcloud has its news in the query; WhatsApp asks once whether we are there.
    scope.get('/m/hooks/:kind/:token', options, receive);
  });
}
