import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Pg } from '../../../platform/index.ts';
import { recordFeedback } from '../../messages/recordFeedback.ts';
import { type ConsentDeps, changeConsents } from '../changeConsents.ts';
import type { LinkSubject, Links } from '../linkTokens.ts';
import { loadStates } from '../loadStates.ts';
import { basesFor, loadPurposes } from '../purposes.ts';
import { findAddressee, listPartsOf } from '../sql/people.pg.ts';
import { standingOf } from '../standing.ts';
import { namespaceOf } from '../suppression/addressOf.ts';
import { html } from './html.ts';
import { readVisit, sendPage, sendUnknown, type Visit } from './visit.ts';

/** The code that goes with a confirmation; null: none. */
export type CodeFor = (workspace: number, entry: number) => Promise<string | null>;

export interface PageDeps extends ConsentDeps {
  readonly links: Links;
  /** Events of messages were stored: bring them to the timeline. */
  readonly ring: () => void;
  /** The code that somebody was promised for their confirmation, by its entry of the ledger; null: none. */
  readonly codeFor?: CodeFor;
}

/** Whom a link speaks to now; null when they were erased. */
export async function findPerson(
  pg: Pg,
  { workspace, message, profile, channel }: LinkSubject,
): Promise<{ readonly workspace: number; readonly profile: number; readonly address: string | null } | null> {
  const row = await pg.row(findAddressee, { workspace, message, profile, namespace: namespaceOf(channel) ?? '' });
  return row === null ? null : { workspace, profile: row.id, address: row.address };
}

async function isRefused(deps: PageDeps, subject: LinkSubject, profile: number): Promise<boolean> {
  const { workspace, purpose, channel } = subject;
  const parts = await deps.pg.rows(listPartsOf, { workspace, profile });
  const states = await loadStates(
    deps.pg,
    workspace,
    parts.map(({ id }) => id),
  );
  const bases = basesFor(await loadPurposes(deps.pg, workspace), subject);
  const { state } = standingOf(states, { purpose, channel, bases, now: deps.clock.now() });
  return state === 'denied';
}

/** GET: asks, and changes nothing; scanners of mail open every link. */
export async function showUnsubscribe(
  deps: PageDeps,
  token: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const subject = deps.links.readUnsubscribe(token);
  const person = subject === null ? null : await findPerson(deps.pg, subject);
  if (subject === null || person === null) return sendUnknown(deps.pg, request, reply);
  const visit = await readVisit(deps.pg, request, person);
  const { unsubscribe, channel } = visit.texts;
  if (await isRefused(deps, subject, person.profile))
    return sendPage(reply, visit, {
      title: unsubscribe.doneTitle,
      body: html`<h1>${unsubscribe.doneTitle}</h1><p>${unsubscribe.already}</p>${preferencesLink(deps, visit, subject)}`,
    });
  return sendPage(reply, visit, {
    title: unsubscribe.title,
    body: html`<h1>${unsubscribe.title}</h1>
<p>${unsubscribe.ask(channel[subject.channel] ?? '', visit.address)}</p>
<form method="post" action="?lang=${visit.language}"><div class="row"><button type="submit">${unsubscribe.button}</button></div></form>
${preferencesLink(deps, visit, subject)}`,
  });
}

const preferencesLink = ({ links }: PageDeps, { texts, language }: Visit, subject: LinkSubject) =>
  html`<p><a href="${new URL(links.preferences(subject)).pathname}?lang=${language}">${texts.unsubscribe.preferences}</a></p>`;

/** POST: from our page, or from a mail program by RFC 8058, which shows nobody a page. Safe to repeat. */
export async function unsubscribe(
  deps: PageDeps,
  token: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const subject = deps.links.readUnsubscribe(token);
  const person = subject === null ? null : await findPerson(deps.pg, subject);
  if (subject === null || person === null) return sendUnknown(deps.pg, request, reply);
  const visit = await readVisit(deps.pg, request, person);
  const oneClick = typeof request.body === 'string' && /List-Unsubscribe[="\s\r\n]+One-Click/i.test(request.body);
  if (!(await isRefused(deps, subject, person.profile))) await withdraw(deps, subject, person.profile, visit, oneClick);
  if (oneClick) return reply.code(200).type('text/plain; charset=utf-8').send('Unsubscribed');
  const { unsubscribe: texts, channel } = visit.texts;
  return sendPage(reply, visit, {
    title: texts.doneTitle,
    body: html`<h1>${texts.doneTitle}</h1>
<p role="status">${texts.done(channel[subject.channel] ?? '', visit.shop)}</p>${preferencesLink(deps, visit, subject)}`,
  });
}

async function withdraw(
  deps: PageDeps,
  { workspace, message, purpose, channel }: LinkSubject,
  profile: number,
  visit: Visit,
  oneClick: boolean,
): Promise<void> {
  const at = deps.clock.now();
  const proof = {
    page: '/m/u',
    ip: visit.ip,
    userAgent: visit.userAgent,
    language: visit.language,
    ...(message > 0 && { messageId: String(message) }),
    ...(oneClick ? { text: 'List-Unsubscribe=One-Click' } : { text: visit.texts.unsubscribe.button }),
  };
  await changeConsents(
    deps,
    workspace,
    [
      {
        profile,
        purpose,
        channel,
        state: 'denied',
        basis: 'consent',
        at,
        expiresAt: null,
        source: 'unsubscribe',
        actor: 'person',
        proof,
      },
    ],
    async (tx) => {
      if (message === 0) return;
      const news = { message, kind: 'unsubscribed', at, dedupeKey: '', machine: false, detail: { oneClick } } as const;
      await recordFeedback(tx, { workspace, now: at, news: [news] });
    },
  );
  deps.ring();
}
