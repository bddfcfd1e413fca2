import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  assetSchema,
  assetsSchema,
  type BrandKit,
  brandKitsSchema,
  type Channel,
  pageOf,
  readyTemplatesSchema,
  type TemplateContent,
  templateChecksSchema,
  templatePartSchema,
  templatePartsSchema,
  templatePreviewSchema,
  templateSchema,
  templateSummarySchema,
  templateTestSchema,
  templateVersionsSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import type { Api } from './client.ts';
import { useApi } from './context.tsx';
import { usePages } from './pages.ts';

const base = '/api/v1/templates';
const pathOf = (id: string): string => `${base}/${encodeURIComponent(id)}`;
const list = pageOf(templateSummarySchema);

export function useTemplates(q: string, archived: boolean) {
  const api = useApi();
  return usePages({
    key: ['templates', 'list', q, archived],
    load: (cursor, signal) => api.get(base, list, { query: { q, archived, cursor }, signal }),
  });
}

export const templateQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['templates', 'one', id],
    queryFn: ({ signal }) => api.get(pathOf(id), templateSchema, { signal }),
  });

export const templateVersionsQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['templates', 'versions', id],
    queryFn: ({ signal }) => api.get(`${pathOf(id)}/versions`, templateVersionsSchema, { signal }),
  });

export const readTemplateVersion = (api: Api, id: string, version: number) =>
  api.get(`${pathOf(id)}/versions/${version}`, templateSchema);

export const readyTemplatesQuery = (api: Api, lang: 'en' | 'fr') =>
  queryOptions({
    queryKey: ['templates', 'ready', lang],
    queryFn: ({ signal }) => api.get(`${base}/ready`, readyTemplatesSchema, { query: { lang }, signal }),
  });

export const takeReadyTemplate = (api: Api, key: string) =>
  api.send('POST', `${base}/ready/${encodeURIComponent(key)}`, templateSchema);

export const createTemplate = (api: Api, body: { name: string; channel: Channel; content: TemplateContent }) =>
  api.send('POST', base, templateSchema, { body });

export const saveTemplate = (
  api: Api,
  id: string,
  body: { name: string; content: TemplateContent; note: string; baseVersion?: number },
) => api.send('PUT', pathOf(id), templateSchema, { body });

export const putTemplateAway = (api: Api, id: string, away: boolean) =>
  api.send('POST', `${pathOf(id)}/${away ? 'archive' : 'restore'}`, templateSchema);

export interface PreviewAsk {
  readonly content: TemplateContent;
  readonly profile?: string | undefined;
  readonly language: string;
}

export const templatePreviewQuery = (api: Api, id: string, ask: PreviewAsk) =>
  queryOptions({
    queryKey: ['templates', 'preview', id, ask],
    queryFn: ({ signal }) => api.send('POST', `${pathOf(id)}/preview`, templatePreviewSchema, { body: ask, signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });

export const checkTemplate = (api: Api, id: string, content: TemplateContent, links: boolean) =>
  api.send('POST', `${pathOf(id)}/checks`, templateChecksSchema, { body: { content, links } });

export const sendTemplateTest = (
  api: Api,
  id: string,
  body: { to: readonly string[]; profile: string; language: string },
) => api.send('POST', `${pathOf(id)}/test`, templateTestSchema, { body });

export const brandKitsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['brand-kits'],
    queryFn: ({ signal }) => api.get('/api/v1/brand-kits', brandKitsSchema, { signal }),
  });

export const saveBrandKit = (api: Api, site: string | null, kit: BrandKit) =>
  api.send('PUT', `/api/v1/brand-kits/${site ?? 'workspace'}`, brandKitsSchema, { body: kit });

export const templatePartsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['template-parts'],
    queryFn: ({ signal }) => api.get('/api/v1/template-parts', templatePartsSchema, { signal }),
  });

export const saveTemplatePart = (api: Api, name: string, source: string) =>
  api.send('PUT', `/api/v1/template-parts/${encodeURIComponent(name)}`, templatePartSchema, { body: { source } });

export const removeTemplatePart = (api: Api, name: string) =>
  api.send('DELETE', `/api/v1/template-parts/${encodeURIComponent(name)}`, z.null());

export const assetsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['assets'],
    queryFn: ({ signal }) => api.get('/api/v1/assets', assetsSchema, { signal }),
  });

export function uploadAsset(api: Api, file: File) {
  const form = new FormData();
  form.set('file', file);
  return api.send('POST', '/api/v1/assets', assetSchema, { body: form });
}

export const removeAsset = (api: Api, id: string) => api.send('DELETE', `/api/v1/assets/${id}`, z.null());
