import { queryOptions } from '@tanstack/react-query';
import {
  audienceSchema,
  type Campaign,
  type CampaignRequest,
  campaignPageSchema,
  campaignResultsSchema,
  campaignSchema,
  channelSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import type { Api } from './client.ts';
import { useApi } from './context.tsx';
import { usePages } from './pages.ts';

const base = '/api/v1/campaigns';
const pathOf = (id: string) => `${base}/${encodeURIComponent(id)}`;

/** Something of it changes by itself. */
export const isMoving = ({ state }: Pick<Campaign, 'state'>): boolean =>
  state === 'freezing' || state === 'sending' || state === 'scheduled';

export function useCampaigns() {
  const api = useApi();
  return usePages({
    key: ['campaigns', 'list'],
    load: (cursor, signal) => api.get(base, campaignPageSchema, { query: { cursor }, signal }),
    refetchInterval: 5_000,
  });
}

export const campaignQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['campaigns', 'one', id],
    queryFn: ({ signal }) => api.get(pathOf(id), campaignSchema, { signal }),
    refetchInterval: ({ state }) => (state.data !== undefined && isMoving(state.data) ? 1_500 : 15_000),
  });

/** Led through the gate as it stands now: some seconds for a large segment. */
export const audienceQuery = (api: Api, { id, updatedAt }: Pick<Campaign, 'id' | 'updatedAt'>) =>
  queryOptions({
    queryKey: ['campaigns', 'audience', id, updatedAt],
    queryFn: ({ signal }) => api.get(`${pathOf(id)}/audience`, audienceSchema, { signal }),
    staleTime: 30_000,
  });

export const campaignResultsQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['campaigns', 'results', id],
    queryFn: ({ signal }) => api.get(`${pathOf(id)}/results`, campaignResultsSchema, { signal }),
    refetchInterval: 15_000,
  });

const choicesSchema = z.object({
  items: z.array(z.object({ id: z.string(), name: z.string(), channel: channelSchema })),
});
/** Templates to choose from. */
export const templateChoicesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['templates', 'choices'],
    queryFn: ({ signal }) => api.get('/api/v1/templates', choicesSchema, { signal }),
    staleTime: 10_000,
  });

export const createCampaign = (api: Api, body: CampaignRequest) => api.send('POST', base, campaignSchema, { body });
export const changeCampaign = (api: Api, id: string, body: CampaignRequest) =>
  api.send('PUT', pathOf(id), campaignSchema, { body });
export const removeCampaign = (api: Api, id: string) => api.send('DELETE', pathOf(id), z.unknown());

export type CampaignMove = 'start' | 'pause' | 'resume' | 'cancel';
export const moveCampaign = (api: Api, id: string, move: CampaignMove) =>
  api.send('POST', `${pathOf(id)}/${move}`, campaignSchema, { body: {} });
