import {
  messageReportPeopleQuerySchema,
  messageReportQuerySchema,
  messageReportSchema,
  reportPeopleSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { writeCsv } from '../../decide/index.ts';
import { principalOf } from '../../govern/index.ts';
import type { Deps, HttpApp } from '../../platform/index.ts';
import { readMessageReport } from './readMessageReport.ts';
import { readReportPeople } from './readReportPeople.ts';
import { reportTable } from './reportTable.ts';

const tags = ['Messages'];
const access = { access: 'messages.read' } as const;

/** What became of messages: the numbers, and the people behind them. */
export function registerMessageReportRoutes(app: HttpApp, deps: Pick<Deps, 'pg' | 'clock'>): void {
  app.get(
    '/api/v1/message-reports',
    {
      config: access,
      schema: {
        tags,
        summary:
          'What became of messages and what they brought, by campaign, journey, template, channel, provider or domain',
        description:
          'Everything is counted of the messages sent in the period, whenever it happened. `format=csv&locale=fr` answers a table.',
        produces: ['application/json', 'text/csv'],
        querystring: messageReportQuerySchema,
        response: { 200: z.union([messageReportSchema, z.string().meta({ description: 'CSV, with `format=csv`' })]) },
      },
    },
    async (request, reply) => {
      const { format, locale, ...query } = request.query;
      const report = await readMessageReport(deps, principalOf(request).workspaceId, query);
      if (format === 'json') return report;
      reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="messages-${query.by}.csv"`);
      return writeCsv(reportTable(report, query.by, locale), locale);
    },
  );

  app.get(
    '/api/v1/message-reports/people',
    {
      config: access,
      schema: {
        tags,
        summary: 'The customers behind one number of the report of messages',
        querystring: messageReportPeopleQuerySchema,
        response: { 200: reportPeopleSchema },
      },
    },
    async (request) => readReportPeople(deps, principalOf(request).workspaceId, request.query),
  );
}
