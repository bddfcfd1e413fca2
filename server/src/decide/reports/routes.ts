import {
  attributionInputSchema,
  attributionSchema,
  dashboardQuerySchema,
  dashboardSchema,
  funnelInputSchema,
  funnelSchema,
  pathsInputSchema,
  pathsSchema,
  type ReportFormat,
  reportFormatSchema,
  reportPeopleSchema,
  retentionInputSchema,
  retentionSchema,
  trendInputSchema,
  trendSchema,
  valuesInputSchema,
  valuesSchema,
} from '@vitrail/contracts';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { principalOf } from '../../govern/index.ts';
import { type Deps, Fault, type HttpApp } from '../../platform/index.ts';
import { type CsvTable, writeCsv } from '../csv/csvText.ts';
import { readAttribution } from './attribution/readAttribution.ts';
import {
  attributionTable,
  dashboardTable,
  funnelTable,
  pathsTable,
  retentionTable,
  trendTable,
  valuesTable,
} from './csv/tables.ts';
import { readDashboard } from './dashboard/readDashboard.ts';
import { readFunnel } from './funnel/readFunnel.ts';
import { readPaths } from './paths/readPaths.ts';
import { readRetention } from './retention/readRetention.ts';
import { registerSavedReportRoutes } from './saved/routes.ts';
import { readTrend } from './trend/readTrend.ts';
import { readValues } from './values/readValues.ts';

const tags = ['Analytics'];
const access = { access: 'analytics.read' } as const;
const csv = z.string().meta({ description: 'CSV, with `format=csv`' });
const description =
  'Add `people` to open the people behind one point: the answer is then a page of their ids. `?format=csv&locale=fr` answers a table.';

/** A file as the reader's spreadsheet opens it. */
function sendTable(reply: FastifyReply, name: string, table: CsvTable, locale: ReportFormat['locale']): string {
  reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${name}.csv"`);
  return writeCsv(table, locale);
}

const noTable = (): Fault =>
  new Fault('invalid', 'decide.people_have_no_table', 'People are listed as JSON: leave `format=csv` or `people` out.');

type ReportDeps = Pick<Deps, 'pg' | 'ch' | 'clock'>;

/** Reports over events and orders. */
export function registerReportRoutes(app: HttpApp, deps: ReportDeps): void {
  registerCounting(app, deps);
  registerFollowing(app, deps);
  registerSavedReportRoutes(app, deps);
}

function registerCounting(app: HttpApp, deps: ReportDeps): void {
  app.get(
    '/api/v1/reports/dashboard',
    {
      config: access,
      schema: {
        tags,
        summary: 'Figures of the shop with the period before, in one answer',
        produces: ['application/json', 'text/csv'],
        querystring: dashboardQuerySchema.extend(reportFormatSchema.shape),
        response: { 200: z.union([dashboardSchema, csv]) },
      },
    },
    async (request, reply) => {
      const { format, locale, ...query } = request.query;
      const answer = await readDashboard(deps, principalOf(request).workspaceId, query);
      return format === 'csv' ? sendTable(reply, 'dashboard', dashboardTable(answer, locale), locale) : answer;
    },
  );
  app.post(
    '/api/v1/reports/trend',
    {
      config: access,
      schema: {
        tags,
        summary: 'A metric over time, with breakdown and comparison',
        description,
        produces: ['application/json', 'text/csv'],
        querystring: reportFormatSchema,
        body: trendInputSchema,
        response: { 200: z.union([trendSchema, reportPeopleSchema, csv]) },
      },
    },
    async (request, reply) => {
      const { format, locale } = request.query;
      const answer = await readTrend(deps, principalOf(request).workspaceId, request.body);
      if (format === 'json') return answer;
      if (!('series' in answer)) throw noTable();
      return sendTable(reply, `trend-${request.body.metric.of}`, trendTable(answer, locale), locale);
    },
  );
  app.post(
    '/api/v1/reports/values',
    {
      config: access,
      schema: {
        tags,
        summary: 'How revenue is spread over the customers',
        description,
        produces: ['application/json', 'text/csv'],
        querystring: reportFormatSchema,
        body: valuesInputSchema,
        response: { 200: z.union([valuesSchema, reportPeopleSchema, csv]) },
      },
    },
    async (request, reply) => {
      const { format, locale } = request.query;
      const answer = await readValues(deps, principalOf(request).workspaceId, request.body);
      if (format === 'json') return answer;
      if (!('deciles' in answer)) throw noTable();
      return sendTable(reply, 'values', valuesTable(answer, locale), locale);
    },
  );
  app.post(
    '/api/v1/reports/attribution',
    {
      config: access,
      schema: {
        tags,
        summary: 'Which campaigns orders are owed to, by five models',
        description,
        produces: ['application/json', 'text/csv'],
        querystring: reportFormatSchema,
        body: attributionInputSchema,
        response: { 200: z.union([attributionSchema, reportPeopleSchema, csv]) },
      },
    },
    async (request, reply) => {
      const { format, locale } = request.query;
      const answer = await readAttribution(deps, principalOf(request).workspaceId, request.body);
      if (format === 'json') return answer;
      if (!('rows' in answer)) throw noTable();
      return sendTable(reply, `attribution-${request.body.by}`, attributionTable(answer, locale), locale);
    },
  );
}

function registerFollowing(app: HttpApp, deps: ReportDeps): void {
  app.post(
    '/api/v1/reports/funnel',
    {
      config: access,
      schema: {
        tags,
        summary: 'How many people take steps in order, and how long they need',
        description,
        produces: ['application/json', 'text/csv'],
        querystring: reportFormatSchema,
        body: funnelInputSchema,
        response: { 200: z.union([funnelSchema, reportPeopleSchema, csv]) },
      },
    },
    async (request, reply) => {
      const { format, locale } = request.query;
      const answer = await readFunnel(deps, principalOf(request).workspaceId, request.body);
      if (format === 'json') return answer;
      if (!('steps' in answer)) throw noTable();
      const labels = request.body.steps.map(({ label, match }) => label ?? match.events.join(', '));
      return sendTable(reply, 'funnel', funnelTable(answer, labels, locale), locale);
    },
  );
  app.post(
    '/api/v1/reports/retention',
    {
      config: access,
      schema: {
        tags,
        summary: 'Who comes back, by when they first came',
        description,
        produces: ['application/json', 'text/csv'],
        querystring: reportFormatSchema,
        body: retentionInputSchema,
        response: { 200: z.union([retentionSchema, reportPeopleSchema, csv]) },
      },
    },
    async (request, reply) => {
      const { format, locale } = request.query;
      const answer = await readRetention(deps, principalOf(request).workspaceId, request.body);
      if (format === 'json') return answer;
      if (!('cohorts' in answer)) throw noTable();
      return sendTable(reply, 'retention', retentionTable(answer, locale), locale);
    },
  );
  app.post(
    '/api/v1/reports/paths',
    {
      config: access,
      schema: {
        tags,
        summary: 'Where people go next, or came from',
        description,
        produces: ['application/json', 'text/csv'],
        querystring: reportFormatSchema,
        body: pathsInputSchema,
        response: { 200: z.union([pathsSchema, reportPeopleSchema, csv]) },
      },
    },
    async (request, reply) => {
      const { format, locale } = request.query;
      const answer = await readPaths(deps, principalOf(request).workspaceId, request.body);
      if (format === 'json') return answer;
      if (!('links' in answer)) throw noTable();
      return sendTable(reply, 'paths', pathsTable(answer, locale), locale);
    },
  );
}
