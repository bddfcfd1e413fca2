import { queryOptions } from '@tanstack/react-query';
import {
  consentResultsSchema,
  listPeopleChangedSchema,
  type PeopleSelection,
  selectionCountSchema,
} from '@vitrail/contracts';
import type { Api } from './client.ts';

/** How many people a selection holds now. */
export const selectionQuery = (api: Api, people: PeopleSelection) =>
  queryOptions({
    queryKey: ['people', 'selection', people],
    queryFn: ({ signal }) =>
      api.send('POST', '/api/v1/profiles/selection', selectionCountSchema, { body: people, signal }),
    staleTime: 5_000,
    retry: false,
  });

export const changeListPeople = (
  api: Api,
  list: string,
  body: { readonly add?: PeopleSelection; readonly remove?: PeopleSelection },
) => api.send('POST', `/api/v1/segments/lists/${encodeURIComponent(list)}/people`, listPeopleChangedSchema, { body });

/** These people as a file. */
export async function downloadPeople(api: Api, people: PeopleSelection, locale: 'en' | 'fr'): Promise<Blob> {
  const answer = await api.open('/api/v1/profiles/csv', {
    method: 'POST',
    body: { people, locale },
    accept: 'text/csv',
  });
  return answer.blob();
}

/** Statements taken by one request. */
const statementsAtOnce = 1_000;

/** Records that these people want no more e-mail; returns how many were recorded. */
export async function withdrawEmail(api: Api, profiles: readonly string[]): Promise<number> {
  let recorded = 0;
  for (let from = 0; from < profiles.length; from += statementsAtOnce) {
    const items = profiles
      .slice(from, from + statementsAtOnce)
      .map((profile) => ({ profile, purpose: 'marketing', channel: 'email', state: 'denied' }));
    const answer = await api.send('POST', '/api/v1/consents', consentResultsSchema, { body: { items } });
    recorded += answer.items.filter(({ problem }) => problem === null).length;
  }
  return recorded;
}
