import { queryOptions } from '@tanstack/react-query';
import {
  type LinkMarks,
  linkMarksSchema,
  type MessageState,
  messagePageSchema,
  type SendingRules,
  sendingRulesSchema,
} from '@vitrail/contracts';
import type { Api } from './client.ts';
import { useApi } from './context.tsx';
import { usePages } from './pages.ts';

export interface MessagesAsked {
  readonly profile?: string | undefined;
  readonly campaign?: string | undefined;
  readonly journey?: string | undefined;
  readonly state?: MessageState | undefined;
  readonly channel?: string | undefined;
  readonly reason?: string | undefined;
}

export function useMessages(asked: MessagesAsked) {
  const api = useApi();
  return usePages({
    key: ['messages', asked],
    load: (cursor, signal) => api.get('/api/v1/messages', messagePageSchema, { query: { ...asked, cursor }, signal }),
    refetchInterval: 5_000,
  });
}

export const sendingRulesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['sendingRules'],
    queryFn: ({ signal }) => api.get('/api/v1/sending-rules', sendingRulesSchema, { signal }),
  });
export const linkMarksQuery = (api: Api) =>
  queryOptions({
    queryKey: ['linkMarks'],
    queryFn: ({ signal }) => api.get('/api/v1/link-marks', linkMarksSchema, { signal }),
  });
export const changeLinkMarks = (api: Api, body: LinkMarks) =>
  api.send('PUT', '/api/v1/link-marks', linkMarksSchema, { body });
export const changeSendingRules = (api: Api, body: SendingRules) =>
  api.send('PUT', '/api/v1/sending-rules', sendingRulesSchema, { body });
