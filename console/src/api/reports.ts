import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  type AttributionInput,
  attributionSchema,
  type DashboardQuery,
  dashboardSchema,
  type FunnelInput,
  funnelSchema,
  listChangedSchema,
  type PathsInput,
  pathsSchema,
  type ReportPeople,
  type RetentionInput,
  reportPeopleSchema,
  retentionSchema,
  type SavedReportInput,
  savedReportListSchema,
  savedReportSchema,
  type TrendInput,
  trendSchema,
  type ValuesInput,
  valuesSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import type { Api } from './client.ts';

const base = '/api/v1/reports';

/** Numbers of the past hardly change: a minute old is as good as new while somebody looks around. */
const settings = { staleTime: 60_000, retry: false, placeholderData: keepPreviousData } as const;

const ask = <K extends string, S extends z.ZodType>(api: Api, kind: K, request: object, schema: S) =>
  queryOptions({
    queryKey: ['report', kind, request],
    queryFn: ({ signal }): Promise<z.output<S>> =>
      api.send('POST', `${base}/${kind}`, schema, { body: request, signal }),
    ...settings,
  });

export const dashboardQuery = (api: Api, query: DashboardQuery) =>
  queryOptions({
    queryKey: ['report', 'dashboard', query],
    queryFn: ({ signal }) => api.get(`${base}/dashboard`, dashboardSchema, { query, signal }),
    refetchInterval: 120_000,
    ...settings,
  });
export const trendQuery = (api: Api, request: TrendInput) => ask(api, 'trend', request, trendSchema);
export const funnelQuery = (api: Api, request: FunnelInput) => ask(api, 'funnel', request, funnelSchema);
export const retentionQuery = (api: Api, request: RetentionInput) => ask(api, 'retention', request, retentionSchema);
export const attributionQuery = (api: Api, request: AttributionInput) =>
  ask(api, 'attribution', request, attributionSchema);
export const pathsQuery = (api: Api, request: PathsInput) => ask(api, 'paths', request, pathsSchema);
export const valuesQuery = (api: Api, request: ValuesInput) => ask(api, 'values', request, valuesSchema);

export type PeopleKind = 'trend' | 'funnel' | 'retention' | 'attribution' | 'paths' | 'values' | 'messages';
/** A report with the point whose people are asked for. */
export interface PeopleRequest {
  readonly kind: PeopleKind;
  readonly request: object;
  readonly point: object;
}

export const readPeople = (
  api: Api,
  { kind, request, point }: PeopleRequest,
  page: { cursor: string | null; limit: number },
  signal?: AbortSignal,
): Promise<ReportPeople> => {
  const where = { ...point, limit: page.limit, ...(page.cursor !== null && { cursor: page.cursor }) };
  return kind === 'messages'
    ? api.get('/api/v1/message-reports/people', reportPeopleSchema, { query: { ...request, ...where }, signal })
    : api.send('POST', `${base}/${kind}`, reportPeopleSchema, { body: { ...request, people: where }, signal });
};

/** The most people a list takes at once. */
export const largestList = 100_000;

/** Everybody behind a point becomes a list of their own; returns its id and how many are on it. */
export async function saveAsList(
  api: Api,
  request: PeopleRequest,
  name: string,
): Promise<{ id: string; people: number }> {
  const profiles: string[] = [];
  for (let cursor: string | null = null, more = true; more && profiles.length < largestList; ) {
    const page: ReportPeople = await readPeople(api, request, { cursor, limit: 10_000 });
    profiles.push(...page.items);
    cursor = page.next;
    more = cursor !== null;
  }
  const list = await api.send('POST', '/api/v1/segments/lists', listChangedSchema, { body: { name, profiles } });
  return { id: list.id, people: profiles.length };
}

export const savedReportsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['report', 'saved'],
    queryFn: async ({ signal }) => {
      const items: z.output<typeof savedReportListSchema>['items'] = [];
      for (let cursor: string | null = null, more = true; more; ) {
        const page: z.output<typeof savedReportListSchema> = await api.get(`${base}/saved`, savedReportListSchema, {
          query: { cursor },
          signal,
        });
        items.push(...page.items);
        cursor = page.next;
        more = cursor !== null;
      }
      return items;
    },
  });

export const createReport = (api: Api, input: SavedReportInput) =>
  api.send('POST', `${base}/saved`, savedReportSchema, { body: input });
export const changeReport = (api: Api, id: number, input: SavedReportInput) =>
  api.send('PUT', `${base}/saved/${id}`, savedReportSchema, { body: input });
export const removeReport = (api: Api, id: number) => api.send('DELETE', `${base}/saved/${id}`, z.unknown());
