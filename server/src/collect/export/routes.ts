import { Readable } from 'node:stream';
import { exportEventsQuerySchema, exportQuerySchema, exportRangeQuerySchema } from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, isMasked, principalOf, recordAudit } from '../../govern/index.ts';
import { type Deps, Fault, type HttpApp } from '../../platform/index.ts';
import type { ExportTable } from './exportTable.ts';

const querySchemas = { none: exportQuerySchema, time: exportRangeQuerySchema, events: exportEventsQuerySchema };
const mediaTypes = { parquet: 'application/vnd.apache.parquet', ndjson: 'application/x-ndjson' };

/** One slow reader holds an engine's connection for as long as it reads. */
const maxAtOnce = 3;

const toDate = (text: string | undefined): Date | null => (text === undefined ? null : new Date(text));

/** Waits for the first piece, so that what fails at once is answered with an error instead of a broken file. */
async function startReading(pieces: AsyncIterable<Uint8Array>): Promise<AsyncGenerator<Uint8Array>> {
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await iterator.next();
  return (async function* () {
    try {
      for (let next = first; !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  })();
}

/** A download per table: `/api/v1/export/<name>?format=parquet|ndjson`. Streams in bounded memory; stops when the reader goes. */
export function registerExportRoutes(
  app: HttpApp,
  deps: Pick<Deps, 'pg' | 'clock' | 'log'>,
  tables: readonly ExportTable[],
): void {
  let running = 0;
  for (const table of tables) {
    app.get(
      `/api/v1/export/${table.name}`,
      {
        config: { access: 'export.read' },
        schema: {
          summary: table.summary,
          description: table.personal ? 'Needs the permission `personal.read`, too.' : 'Holds no personal data.',
          tags: ['export'],
          produces: Object.values(mediaTypes),
          querystring: querySchemas[table.range],
          response: { 200: z.unknown().meta({ type: 'string', format: 'binary' }) },
        },
      },
      async (request, reply) => {
        const principal = principalOf(request);
        if (table.personal && isMasked(principal))
          throw new Fault(
            'forbidden',
            'collect.export_is_personal',
            'This export holds personal data: it takes the permission personal.read as well.',
          );
        if (running >= maxAtOnce)
          throw new Fault(
            'too_many',
            'collect.exports_busy',
            'Other exports are running. Try again when one is done.',
            {
              details: { retryAfter: 30 },
            },
          );
        const { format, from, to, by } = exportEventsQuerySchema.parse(request.query);
        const leaving = new AbortController();
        running += 1;
        reply.raw.once('close', () => {
          running -= 1;
          leaving.abort();
        });
        await recordAudit(deps.pg, deps, {
          workspaceId: principal.workspaceId,
          actor: actorOf(principal),
          action: 'data.exported',
          target: table.name,
          details: { format, from: from ?? null, to: to ?? null },
        });
        const range = { from: toDate(from), to: toDate(to), byReceived: by === 'received' };
        const pieces = await startReading(
          table.open({ workspaceId: principal.workspaceId, format, range, signal: leaving.signal }),
        );
        const file = Readable.from(pieces, { objectMode: false });
        file.on('error', (error) => {
          if (!leaving.signal.aborted) deps.log.error({ err: error, table: table.name }, 'an export broke off');
        });
        return reply
          .type(mediaTypes[format])
          .header('content-disposition', `attachment; filename="${table.name}.${format}"`)
          .send(file);
      },
    );
  }
}
