import { sqlAnswerSchema, sqlRequestSchema, sqlSchemaSchema, sqlViews } from '@vitrail/contracts';
import { isMasked, principalOf } from '../../govern/index.ts';
import { type Deps, Fault, type HttpApp } from '../../platform/index.ts';
import { readSettings } from '../analytics/sql/stats.pg.ts';
import { allowedFunctions } from './allowedFunctions.ts';
import { createGate } from './createGate.ts';
import { refuse } from './errors.ts';
import { runSql } from './runSql.ts';

const tags = ['SQL'];

/** Read-only SQL for analysts. One statement at a time, so that exports and segments keep their share of the engine. */
export function registerSqlRoutes(app: HttpApp, deps: Pick<Deps, 'pg' | 'ch' | 'clock'>): void {
  const gate = createGate(1, 8);
  app.post(
    '/api/v1/sql',
    {
      config: { access: 'sql.read' },
      schema: {
        tags,
        summary: 'Answer one SELECT over the published views',
        description: 'Personal columns are masked without the permission `personal.read`.',
        body: sqlRequestSchema,
        response: { 200: sqlAnswerSchema },
      },
    },
    async (request, reply) => {
      const leaving = new AbortController();
      reply.raw.once('close', () => leaving.abort(new Fault('unavailable', 'decide.sql_left', 'The reader has gone.')));
      const leave = await gate.enter(leaving.signal);
      if (leave === null)
        throw refuse('busy', 'Many statements are waiting. Try again in a moment.', {
          kind: 'too_many',
          details: { retryAfter: 10 },
        });
      try {
        return await runSql(deps, principalOf(request), request.body.query, { signal: leaving.signal });
      } finally {
        leave();
      }
    },
  );

  app.get(
    '/api/v1/sql/schema',
    {
      config: { access: 'sql.read' },
      schema: {
        tags,
        summary: 'What SQL can read: views, columns, functions',
        response: { 200: sqlSchemaSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const settings = await deps.pg.row(readSettings, { workspace: principal.workspaceId });
      if (settings === null) throw new Fault('not_found', 'decide.workspace_gone', 'This workspace does not exist.');
      const zone = settings.time_zone;
      return {
        views: sqlViews.map(({ columns, name, en }) => ({
          name,
          description: en,
          columns: columns.map((column) => ({
            name: column.name,
            type: column.type.replace("'zone'", `'${zone}'`),
            description: column.en,
            masked: column.personal === true && isMasked(principal),
          })),
        })),
        functions: allowedFunctions(),
        timeZone: zone,
      };
    },
  );
}
