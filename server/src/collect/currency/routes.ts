import {
  exchangeRateImportSchema,
  exchangeRatePageSchema,
  exchangeRateQuerySchema,
  exchangeRateRefusals,
} from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, principalOf, recordAudit } from '../../govern/index.ts';
import { type Deps, decodeCursor, encodeCursor, Fault, type HttpApp } from '../../platform/index.ts';
import { importRates } from './importRates.ts';
import { listLatestRates, listRates } from './sql/exchangeRates.pg.ts';

const tags = ['collect'];

/** All days since 1999 are 2 MB. */
const maxCsvBytes = 16_000_000;

export function registerExchangeRateRoutes(app: HttpApp, deps: Pick<Deps, 'pg' | 'clock'>): void {
  app.get(
    '/api/v1/exchange-rates',
    {
      config: { access: 'settings.read' },
      schema: {
        summary: 'Exchange rates: the last of every currency, or the history of one',
        tags,
        querystring: exchangeRateQuerySchema,
        response: { 200: exchangeRatePageSchema },
      },
    },
    async (request) => {
      const workspace = principalOf(request).workspaceId;
      const { currency, cursor, limit } = request.query;
      if (currency === undefined) return { items: await deps.pg.rows(listLatestRates, { workspace }), next: null };
      const [beforeDay] = cursor === undefined ? [null] : decodeCursor(cursor, z.tuple([z.iso.date()]));
      const items = await deps.pg.rows(listRates, { workspace, currency, beforeDay, limit });
      const last = items.length === limit ? items.at(-1) : undefined;
      return { items, next: last === undefined ? null : encodeCursor([last.day]) };
    },
  );

  app.register(async (scope) => {
    scope.addContentTypeParser('text/csv', { parseAs: 'string', bodyLimit: maxCsvBytes }, (_, body, done) =>
      done(null, body),
    );
    scope.post(
      '/api/v1/exchange-rates',
      {
        config: { access: 'settings.write' },
        bodyLimit: maxCsvBytes,
        schema: {
          summary: "Import rates: the European Central Bank's eurofxref.csv or eurofxref-hist.csv",
          description: 'They stand above the built-in ones. The same file again changes nothing.',
          tags,
          consumes: ['text/csv'],
          body: z.string(),
          response: { 200: exchangeRateImportSchema },
        },
      },
      async (request) => {
        const principal = principalOf(request);
        return deps.pg.transaction(async (tx) => {
          const outcome = await importRates(tx, principal.workspaceId, z.string().parse(request.body));
          if (!outcome.ok) {
            const { reason, line } = outcome;
            throw new Fault(
              'invalid',
              'collect.rates_refused',
              `${exchangeRateRefusals[reason].en} (line ${line}). Send eurofxref.csv or eurofxref-hist.csv of the European Central Bank.`,
              { details: { reason, line } },
            );
          }
          const { changed, quotes, firstDay, lastDay } = outcome;
          if (changed > 0)
            await recordAudit(tx, deps, {
              workspaceId: principal.workspaceId,
              actor: actorOf(principal),
              action: 'exchange_rates.imported',
              target: `rates until ${lastDay}`,
              details: { changed },
            });
          return { changed, quotes, firstDay, lastDay };
        });
      },
    );
  });
}
