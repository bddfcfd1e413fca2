import { queryOptions } from '@tanstack/react-query';
import {
  type PlannedEventRequest,
  planInferResponseSchema,
  plannedEventPageSchema,
  plannedEventSchema,
  planViolationPageSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import type { Api } from './client.ts';

const base = '/api/v1/tracking-plan';
const pathOf = (event: string) => `${base}/${encodeURIComponent(event)}`;

export const planQuery = (api: Api) =>
  queryOptions({
    queryKey: ['plan'],
    queryFn: async ({ signal }) =>
      (await api.get(base, plannedEventPageSchema, { query: { limit: 200 }, signal })).items,
  });

export const violationsQuery = (api: Api, event?: string) =>
  queryOptions({
    queryKey: ['violations', event ?? null],
    queryFn: async ({ signal }) =>
      (await api.get(`${base}/violations`, planViolationPageSchema, { query: { event, limit: 500 }, signal })).items,
  });

export const savePlannedEvent = (api: Api, event: string, body: PlannedEventRequest) =>
  api.send('PUT', pathOf(event), plannedEventSchema, { body });

export const removePlannedEvent = (api: Api, event: string) => api.send('DELETE', pathOf(event), z.null());

export const proposeSchema = (api: Api, event: string) =>
  api.send('POST', `${base}/infer`, planInferResponseSchema, { body: { event } });

export async function downloadPlanTypes(api: Api): Promise<Blob> {
  const answer = await api.open(`${base}/types.ts`, { accept: 'text/plain' });
  return answer.blob();
}
