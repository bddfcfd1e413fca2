import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { type MessageReportQuery, messageReportSchema } from '@vitrail/contracts';
import type { Api } from './client.ts';

export const messageReportQuery = (api: Api, query: Omit<MessageReportQuery, 'format' | 'locale'>) =>
  queryOptions({
    queryKey: ['report', 'messages', query],
    queryFn: ({ signal }) => api.get('/api/v1/message-reports', messageReportSchema, { query, signal }),
    staleTime: 30_000,
    refetchInterval: 60_000,
    retry: false,
    placeholderData: keepPreviousData,
  });
