import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Pg } from '../../../platform/index.ts';
import { readPageFacts } from '../sql/people.pg.ts';
import { type Html, html, page, pagePolicy } from './html.ts';
import { maskAddress, type PageLanguage, type PageTexts, pageLanguage, pageTexts } from './texts.ts';

/** Somebody who opened one of the pages behind a link, and what the page may say to them. */
export interface Visit {
  readonly language: PageLanguage;
  readonly texts: PageTexts;
  readonly shop: string;
  /** The address the message went to, hidden but for what its owner recognises; '' when unknown. */
  readonly address: string;
  readonly ip: string;
  readonly userAgent: string;
}

const text = (value: unknown, name: string): string => {
  const found =
    typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;
  return typeof found === 'string' ? found : '';
};

/** The `lang` of the address or the form. */
export const wantedLanguage = (request: FastifyRequest): string => text(request.query, 'lang');

export async function readVisit(
  pg: Pg,
  request: FastifyRequest,
  about: { readonly workspace: number; readonly profile: number; readonly address: string | null } | null,
): Promise<Visit> {
  const facts =
    about === null ? null : await pg.row(readPageFacts, { workspace: about.workspace, profile: about.profile });
  const { 'accept-language': accepted, 'user-agent': userAgent } = request.headers;
  const language = pageLanguage(wantedLanguage(request), facts?.language, accepted, facts?.shop_language);
  return {
    language,
    texts: pageTexts[language],
    shop: facts?.shop ?? '',
    address: maskAddress(about?.address ?? ''),
    ip: request.ip,
    userAgent: (userAgent ?? '').slice(0, 500),
  };
}

/** Sends a page that nobody stores, indexes or frames, and whose address stays with us. */
export function sendPage(
  reply: FastifyReply,
  visit: Visit,
  content: { readonly title: string; readonly body: Html; readonly status?: number; readonly translated?: boolean },
): FastifyReply {
  const { language, texts, shop } = visit;
  const other = language === 'fr' ? 'en' : 'fr';
  const frame = {
    language,
    shop,
    title: content.title,
    other: content.translated === false ? null : { href: `?lang=${other}`, name: texts.otherName, language: other },
  };
  return reply
    .code(content.status ?? 200)
    .header('content-security-policy', pagePolicy)
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-store')
    .header('x-robots-tag', 'noindex, nofollow')
    .header('x-content-type-options', 'nosniff')
    .header('content-language', language)
    .type('text/html; charset=utf-8')
    .send(page(frame, content.body));
}

/** The answer to a token that is not ours, or whose person is gone: the same for both. */
export async function sendUnknown(pg: Pg, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = await readVisit(pg, request, null);
  const { title, text: explanation } = visit.texts.unknown;
  return sendPage(reply, visit, { title, status: 404, body: html`<h1>${title}</h1><p>${explanation}</p>` });
}
