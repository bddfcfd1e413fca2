import { z } from 'zod';
import type { HttpApp } from '../../../platform/index.ts';
import { confirm, showConfirmation } from './confirm.ts';
import { savePreferences, showPreferences } from './preferences.ts';
import { type PageDeps, showUnsubscribe, unsubscribe } from './unsubscribe.ts';

const config = { access: 'public' } as const;
const params = z.object({ token: z.string().max(512) });
const schema = (summary: string) => ({ summary, tags: ['Public pages'], params, hide: true });
/** A form of ours is some hundred bytes. */
const formBytes = 64 * 1024;

/**
 * The pages behind the links in messages. Whoever has the link may act for the person it was sent to, and no more is asked:
 * no cookie, no sign-in, no script. GET changes nothing on any of them.
 */
export function registerConsentPages(app: HttpApp, deps: PageDeps): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: formBytes }, (_, body, done) => done(null, body));
    const pages = [
      ['/m/u/:token', 'Unsubscribe', showUnsubscribe, unsubscribe],
      ['/m/p/:token', 'Preferences', showPreferences, savePreferences],
      ['/m/d/:token', 'Confirm a subscription', showConfirmation, confirm],
    ] as const;
    for (const [path, summary, show, act] of pages) {
      scope.get(path, { config, schema: schema(summary) }, (request, reply) =>
        show(deps, params.parse(request.params).token, request, reply),
      );
      scope.post(
        path,
        { config, schema: schema(`${summary}: what the form or the mail program sends`) },
        (request, reply) => act(deps, params.parse(request.params).token, request, reply),
      );
    }
  });
}
