import { queryOptions } from '@tanstack/react-query';
import {
  type ImportKind,
  type ImportMapping,
  type ImportOptions,
  importPageSchema,
  importPreviewSchema,
  importSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import type { Api } from './client.ts';
import { useApi } from './context.tsx';
import { usePages } from './pages.ts';

const base = '/api/v1/imports';

export const isRunning = (state: string): boolean => state === 'queued' || state === 'running';

export function useImports() {
  const api = useApi();
  return usePages({
    key: ['imports'],
    load: (cursor, signal) => api.get(base, importPageSchema, { query: { cursor }, signal }),
    refetchInterval: 5_000,
  });
}

export const importQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['import', id],
    queryFn: ({ signal }) => api.get(`${base}/${id}`, importSchema, { signal }),
    refetchInterval: (query) => (query.state.data === undefined || isRunning(query.state.data.state) ? 700 : false),
  });

/** What is to be tried or started: a file, or one sent before. */
export interface ImportRequest {
  readonly file: File | null;
  readonly upload: string | null;
  readonly kind: ImportKind | null;
  readonly mapping: ImportMapping | null;
  readonly options: ImportOptions;
}

export function formOf(request: ImportRequest): FormData {
  const form = new FormData();
  // The small fields first: the server can then judge the file while it arrives.
  if (request.kind !== null) form.append('as', request.kind);
  if (request.mapping !== null) form.append('mapping', JSON.stringify(request.mapping));
  if (Object.keys(request.options).length > 0) form.append('options', JSON.stringify(request.options));
  if (request.upload !== null) form.append('upload', request.upload);
  else if (request.file !== null) form.append('file', request.file);
  return form;
}

export const previewImport = (
  api: Api,
  request: ImportRequest,
  settings: { signal?: AbortSignal; onProgress(sent: number, total: number): void },
) => api.upload(`${base}/preview`, formOf(request), importPreviewSchema, settings);

export const startImport = (api: Api, request: ImportRequest) =>
  api.send('POST', base, z.looseObject({ id: z.string() }), { body: formOf(request) });

export const cancelImport = (api: Api, id: string) =>
  api.send('POST', `${base}/${id}/cancel`, z.unknown(), { body: {} });
export const resumeImport = (api: Api, id: string) =>
  api.send('POST', `${base}/${id}/resume`, z.unknown(), { body: {} });

export async function downloadRejects(api: Api, id: string): Promise<Blob> {
  const answer = await api.open(`${base}/${id}/rejects.csv`, { accept: 'text/csv' });
  return answer.blob();
}
