import { z } from 'zod';
import { answerPreflight } from '../../collect/index.ts';
import type { Keys } from '../../govern/index.ts';
import { type Deps, Fault, type HttpApp, objectOf } from '../../platform/index.ts';
import type { MessageReferences } from '../channels/messageReference.ts';
import { listProviders } from '../channels/sql/providers.pg.ts';
import { recordFeedback } from '../messages/recordFeedback.ts';

const tags = ['Notifications of browsers'];
const config = { access: 'public', anyOrigin: true } as const;
const path = '/v1/push';
const bodyBytes = 2_048;

const writeKey = z.string().min(1).max(200);
const newsSchema = z.strictObject({
  writeKey,
  messageId: z.string().max(60).meta({ description: 'As the notification named it' }),
  what: z.enum(['shown', 'clicked']),
});

export interface PushRouteDeps extends Pick<Deps, 'pg' | 'clock'> {
  readonly keys: Pick<Keys, 'findWriteKey'>;
  readonly references: MessageReferences;
  /** News of a message was written down. */
  readonly onRecorded: () => void;
}

/** What browsers ask before they subscribe, and what their workers tell of notifications. */
export function registerPushRoutes(app: HttpApp, deps: PushRouteDeps): void {
  const workspaceOf = async (key: string): Promise<number> => {
    const found = await deps.keys.findWriteKey(key);
    if (found === null)
      throw new Fault(
        'unauthenticated',
        'communicate.unknown_key',
        'The write key is unknown or revoked. Copy it again from the page of the source.',
      );
    return found.workspaceId;
  };

  app.get(
    path,
    {
      config,
      schema: {
        tags,
        summary: 'The public key (VAPID) that browsers subscribe with',
        querystring: z.object({ writeKey }),
        response: { 200: z.object({ publicKey: z.string() }) },
      },
    },
    async (request, reply) => {
      const workspace = await workspaceOf(request.query.writeKey);
      const providers = await deps.pg.rows(listProviders, { workspace });
      const publicKey = objectOf(
        providers.find(({ kind, enabled }) => kind === 'vapid' && enabled)?.settings,
      ).publicKey;
      if (typeof publicKey !== 'string')
        throw new Fault(
          'not_found',
          'communicate.no_web_push',
          'This workspace sends no notifications to browsers. Set up web push under Settings → Channels.',
        );
      // Keys may change, and a page that subscribes with an old one would never hear anything.
      return reply.header('cache-control', 'private, no-cache').send({ publicKey });
    },
  );

  app.register(async (door) => {
    // Workers send JSON as plain text, which takes no preflight.
    const parse = door.getDefaultJsonParser('error', 'error');
    door.addContentTypeParser('text/plain', { parseAs: 'string', bodyLimit: bodyBytes }, parse);
    registerNews(door, deps, workspaceOf);
  });
  app.options(path, { config, schema: { hide: true } }, answerPreflight);
}

function registerNews(app: HttpApp, deps: PushRouteDeps, workspaceOf: (key: string) => Promise<number>): void {
  app.post(
    path,
    {
      config,
      bodyLimit: bodyBytes,
      schema: {
        tags,
        summary: 'A notification was shown, or one without a link was clicked',
        description:
          'Counts once for a message. What names no message of the workspace is answered alike and counts nothing.',
        body: newsSchema,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { what, messageId, ...body } = request.body;
      const workspace = await workspaceOf(body.writeKey);
      const named = deps.references.find(messageId);
      if (named?.workspace === workspace) {
        const now = deps.clock.now();
        const kind = what === 'shown' ? 'delivered' : 'clicked';
        const news = [{ message: named.id, kind, at: now, dedupeKey: 'browser', machine: false, detail: {} } as const];
        const taken = await deps.pg.transaction((tx) => recordFeedback(tx, { workspace, now, news }));
        if (taken > 0) deps.onRecorded();
      }
      return reply.code(204).send(null);
    },
  );
}
