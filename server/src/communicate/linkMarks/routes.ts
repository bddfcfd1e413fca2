import { linkMarksSchema } from '@vitrail/contracts';
import { actorOf, principalOf, recordAudit } from '../../govern/index.ts';
import type { Deps, HttpApp } from '../../platform/index.ts';
import { readLinkMarks } from './linkMarks.ts';
import { writeLinkMarks } from './sql/linkMarks.pg.ts';

const tags = ['Messages'];

/** How the links of marketing messages are marked for analytics. */
export function registerLinkMarkRoutes(app: HttpApp, deps: Pick<Deps, 'pg' | 'clock'>): void {
  app.get(
    '/api/v1/link-marks',
    {
      config: { access: 'messages.read' },
      schema: { tags, summary: 'Read how links of messages are marked', response: { 200: linkMarksSchema } },
    },
    async (request) => readLinkMarks(deps.pg, principalOf(request).workspaceId),
  );

  app.put(
    '/api/v1/link-marks',
    {
      config: { access: 'settings.write' },
      schema: {
        tags,
        summary: 'Set how links of messages are marked',
        description:
          'Adds `utm_source`, `utm_medium`, `utm_campaign` and `utm_content` to the links of marketing messages when they are written out. What a link says itself is never overwritten.',
        body: linkMarksSchema,
        response: { 200: linkMarksSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      await deps.pg.transaction(async (tx) => {
        const { workspaceId: workspace } = principal;
        await tx.run(writeLinkMarks, { workspace, marks: request.body, now: deps.clock.now() });
        await recordAudit(tx, deps, {
          workspaceId: workspace,
          actor: actorOf(principal),
          action: 'link_marks.changed',
          target: 'link marks',
        });
      });
      return request.body;
    },
  );
}
