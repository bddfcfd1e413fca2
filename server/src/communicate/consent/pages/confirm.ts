import type { FastifyReply, FastifyRequest } from 'fastify';
import { acceptQuestions } from '../acceptQuestions.ts';
import type { ConfirmationSubject } from '../linkTokens.ts';
import { loadStates } from '../loadStates.ts';
import { readConsent } from '../sql/ledger.pg.ts';
import { listAddresses, listPartsOf } from '../sql/people.pg.ts';
import { namespaceOf } from '../suppression/addressOf.ts';
import { html } from './html.ts';
import type { PageDeps } from './unsubscribe.ts';
import { readVisit, sendPage, sendUnknown } from './visit.ts';

type Standing = 'open' | 'granted' | 'over' | 'late';

/** What has become of the question since it was asked; null when the person is gone. */
async function standingOf(deps: PageDeps, subject: ConfirmationSubject): Promise<Standing | null> {
  const { workspace, profile, consent, purpose, channel, expiresAt } = subject;
  const asked = await deps.pg.row(readConsent, { workspace, id: consent });
  const parts = await deps.pg.rows(listPartsOf, { workspace, profile });
  if (asked === null || asked.profile_id !== profile || parts.length === 0) return null;
  const { rows } = await loadStates(
    deps.pg,
    workspace,
    parts.map(({ id }) => id),
  );
  const since = rows.filter(
    (row) => row.purpose === purpose && (row.channel === channel || row.channel === '') && row.at >= asked.at,
  );
  if (since.some(({ state }) => state === 'denied')) return 'over';
  if (since.some(({ state }) => state === 'granted')) return 'granted';
  return deps.clock.now() > expiresAt ? 'late' : 'open';
}

async function open(deps: PageDeps, token: string, request: FastifyRequest) {
  const subject = deps.links.readConfirmation(token);
  if (subject === null) return null;
  const standing = await standingOf(deps, subject);
  if (standing === null) return null;
  const { workspace, profile, channel } = subject;
  const addresses = await deps.pg.rows(listAddresses, { workspace, profiles: [profile] });
  const address = addresses.find(({ namespace }) => namespace === namespaceOf(channel))?.value ?? null;
  return { subject, standing, visit: await readVisit(deps.pg, request, { workspace, profile, address }) };
}

type Opened = NonNullable<Awaited<ReturnType<typeof open>>>;

async function show(
  deps: PageDeps,
  reply: FastifyReply,
  { subject, visit }: Opened,
  standing: Standing,
): Promise<FastifyReply> {
  const { confirm, channel: names } = visit.texts;
  const channel = names[subject.channel] ?? '';
  if (standing === 'open')
    return sendPage(reply, visit, {
      title: confirm.title,
      body: html`<h1>${confirm.title}</h1>
<p>${confirm.ask(channel, visit.shop, visit.address)}</p>
<form method="post" action="?lang=${visit.language}"><div class="row"><button type="submit">${confirm.button}</button></div></form>`,
    });
  const { title, text } = {
    granted: { title: confirm.doneTitle, text: confirm.done(channel, visit.shop) },
    over: { title: confirm.overTitle, text: confirm.over },
    late: { title: confirm.lateTitle, text: confirm.late },
  }[standing];
  const code = standing === 'granted' ? ((await deps.codeFor?.(subject.workspace, subject.consent)) ?? null) : null;
  const promised = code === null ? null : html`<p class="done">${confirm.code} <strong>${code}</strong></p>`;
  return sendPage(reply, visit, { title, body: html`<h1>${title}</h1><p role="status">${text}</p>${promised}` });
}

/** GET: a button. Programs that open links in mails confirm nothing. */
export async function showConfirmation(
  deps: PageDeps,
  token: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const opened = await open(deps, token, request);
  return opened === null ? sendUnknown(deps.pg, request, reply) : show(deps, reply, opened, opened.standing);
}

/** POST: the person said yes. Safe to repeat. */
export async function confirm(
  deps: PageDeps,
  token: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const opened = await open(deps, token, request);
  if (opened === null) return sendUnknown(deps.pg, request, reply);
  if (opened.standing !== 'open') return show(deps, reply, opened, opened.standing);
  const { subject, visit } = opened;
  const { workspace, profile, purpose, channel, consent } = subject;
  await acceptQuestions(deps, workspace, deps.clock.now(), [
    {
      profile,
      purpose,
      channel,
      consent,
      proof: {
        text: visit.texts.confirm.ask(visit.texts.channel[channel] ?? '', visit.shop, visit.address),
        page: '/m/d',
        language: visit.language,
        ip: visit.ip,
        userAgent: visit.userAgent,
      },
    },
  ]);
  deps.ring();
  return show(deps, reply, opened, 'granted');
}
