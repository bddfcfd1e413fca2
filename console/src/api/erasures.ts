import { queryOptions } from '@tanstack/react-query';
import { massErasureListSchema, massErasureSchema, type PeopleSelection } from '@vitrail/contracts';
import type { Api } from './client.ts';

export const erasePeople = (api: Api, people: PeopleSelection, expect: number) =>
  api.send('POST', '/api/v1/erasures', massErasureSchema, { body: { people, expect } });

/** Erasures of many people, watched while one is under way. */
export const massErasuresQuery = (api: Api) =>
  queryOptions({
    queryKey: ['people', 'erasures'],
    queryFn: ({ signal }) => api.get('/api/v1/erasures', massErasureListSchema, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.items.some((each) => each.state === 'running') === true ? 2_000 : false,
  });

export const stopErasing = (api: Api, id: number) =>
  api.send('POST', `/api/v1/erasures/${id}/cancel`, massErasureSchema, { body: {} });
