import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  dataHealthSchema,
  dropPageSchema,
  type LiveEvent,
  liveEventSchema,
  pipelineStatusSchema,
  type ReplayRequest,
  replayResponseSchema,
} from '@vitrail/contracts';
import type { Api, Query } from './client.ts';
import { useApi } from './context.tsx';
import { readStream } from './eventStream.ts';
import { usePages } from './pages.ts';

export const pipelineQuery = (api: Api) =>
  queryOptions({
    queryKey: ['pipeline'],
    queryFn: ({ signal }) => api.get('/api/v1/pipeline', pipelineStatusSchema, { signal }),
    refetchInterval: 5_000,
  });

export const dataHealthQuery = (api: Api, days: number) =>
  queryOptions({
    queryKey: ['health', days],
    queryFn: ({ signal }) => api.get('/api/v1/health-data', dataHealthSchema, { query: { days }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });

export interface DropFilter {
  readonly reason?: string | undefined;
  readonly sourceId?: string | undefined;
  readonly event?: string | undefined;
  readonly replayed?: string | undefined;
}
export function useDrops(filter: DropFilter) {
  const api = useApi();
  return usePages({
    key: ['drops', filter],
    load: (cursor, signal) => api.get('/api/v1/drops', dropPageSchema, { query: { ...filter, cursor }, signal }),
  });
}
export const replayDrops = (api: Api, body: ReplayRequest) =>
  api.send('POST', '/api/v1/drops/replay', replayResponseSchema, { body });

/** Events as they are resolved, until the signal aborts. What is no event (a greeting, a count) is passed over. */
export async function* liveEvents(api: Api, query: Query, signal: AbortSignal): AsyncGenerator<LiveEvent> {
  const answer = await api.open('/api/v1/live', { query, signal, accept: 'text/event-stream' });
  for await (const message of readStream(answer)) {
    if (!message.data.startsWith('{')) continue;
    const parsed = liveEventSchema.safeParse(JSON.parse(message.data));
    if (parsed.success) yield parsed.data;
  }
}
