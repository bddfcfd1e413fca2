import { queryOptions } from '@tanstack/react-query';
import {
  type DecisionsAnswer,
  decisionsAnswerSchema,
  type Experience,
  editorSessionSchema,
  experiencePageSchema,
} from '@vitrail/contracts';
import type { Api } from './client.ts';
import type { Situation } from './experiences.ts';

/** Lets this console into one page of the shop; its token goes into the fragment of the address. */
export const openEditor = (api: Api, page: string) =>
  api.send('POST', '/api/v1/editor-sessions', editorSessionSchema, { body: { page } });

/** Read on while there are pages, but not for ever. */
const mostPages = 20;

/** All experiences that run. */
export const runningQuery = (api: Api) =>
  queryOptions({
    queryKey: ['experiences', 'running'],
    queryFn: async ({ signal }) => {
      const running: Experience[] = [];
      let cursor: string | null = null;
      for (let page = 0; page < mostPages; page++) {
        const { items, next }: { items: Experience[]; next: string | null } = await api.get(
          '/api/v1/experiences',
          experiencePageSchema,
          { query: { cursor }, signal },
        );
        running.push(...items.filter(({ state }) => state === 'running'));
        if (next === null) break;
        cursor = next;
      }
      return running;
    },
    staleTime: 30_000,
  });

/** What somebody gets there: a customer, or a visitor nobody knows yet. */
export const seenByQuery = (api: Api, profile: string | null, situation: Situation) =>
  queryOptions({
    queryKey: ['page-editor', 'seen-by', profile, situation],
    queryFn: ({ signal }): Promise<DecisionsAnswer> =>
      api.send('POST', '/api/v1/decisions', decisionsAnswerSchema, {
        body: { ...(profile === null ? {} : { profile }), ...situation },
        signal,
      }),
    staleTime: 5_000,
    retry: false,
  });
