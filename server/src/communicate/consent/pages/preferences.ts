import { type ConsentStanding, type LawfulBasis, lawfulBases } from '@vitrail/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { changeConsents } from '../changeConsents.ts';
import { loadStates } from '../loadStates.ts';
import { expiryOf, loadPurposes, type Purpose } from '../purposes.ts';
import { readChannel } from '../readChannel.ts';
import { matrixOf } from '../readConsents.ts';
import type { ConsentFact } from '../recordConsents.ts';
import { listAddresses, listPartsOf } from '../sql/people.pg.ts';
import { namespaceOf } from '../suppression/addressOf.ts';
import { choicesOf, type Wish } from './choices.ts';
import { type Html, html } from './html.ts';
import { findPerson, type PageDeps } from './unsubscribe.ts';
import { readVisit, sendPage, sendUnknown, type Visit } from './visit.ts';

async function open(deps: PageDeps, token: string, request: FastifyRequest) {
  const subject = deps.links.readPreferences(token);
  const person = subject === null ? null : await findPerson(deps.pg, subject);
  if (subject === null || person === null) return null;
  const { workspace, profile } = person;
  const profiles = (await deps.pg.rows(listPartsOf, { workspace, profile })).map(({ id }) => id);
  const [purposes, states, addresses, visit] = await Promise.all([
    loadPurposes(deps.pg, workspace),
    loadStates(deps.pg, workspace, profiles),
    deps.pg.rows(listAddresses, { workspace, profiles }),
    readVisit(deps.pg, request, person),
  ]);
  const reachable = new Set(addresses.map(({ namespace }) => namespace));
  const matrix = matrixOf(purposes, states, deps.clock.now()).filter(
    // Nobody is asked about a telephone they never gave; what was said once can always be changed.
    ({ purpose, channel, state }) =>
      purpose !== 'marketing' || state !== 'unknown' || reachable.has(namespaceOf(channel) ?? ''),
  );
  return { subject, person, purposes, matrix, visit };
}

type Opened = NonNullable<Awaited<ReturnType<typeof open>>>;

const nameOf = ({ purpose, channel }: ConsentStanding): string => `${purpose}/${channel}`;
const isOn = ({ allowed, state }: ConsentStanding): boolean => allowed || state === 'paused';

const dayOf = (instant: string, { language }: Visit): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(instant));

function box(standing: ConsentStanding, label: string, visit: Visit): Html {
  const { texts } = visit;
  const hint = standing.purpose === 'marketing' ? undefined : texts.purposeHint[standing.purpose];
  const note =
    standing.state === 'pending'
      ? texts.preferences.waiting
      : standing.state === 'paused' && standing.expiresAt !== null
        ? texts.preferences.pausedNote(dayOf(standing.expiresAt, visit))
        : undefined;
  const extra = [hint, note].filter((line) => line !== undefined);
  return html`<label><input type="checkbox" name="on" value="${nameOf(standing)}"${isOn(standing) ? html` checked` : null}><span>${label}${extra.map((line) => html`<br><span class="soft">${line}</span>`)}</span></label>
<input type="hidden" name="shown" value="${nameOf(standing)}">`;
}

function show(reply: FastifyReply, { visit, matrix }: Opened, said: string): FastifyReply {
  const { preferences: texts, purpose: purposeNames, channel: channelNames } = visit.texts;
  const messages = matrix.filter(({ purpose }) => purpose === 'marketing');
  const uses = matrix.filter(({ purpose }) => purpose !== 'marketing');
  const labelOf = ({ purpose, channel }: ConsentStanding): string => {
    const name = purposeNames[purpose] ?? purpose.replaceAll('_', ' ');
    return channel === '' || purposeNames[purpose] !== undefined
      ? name
      : `${name} (${channelNames[channel] ?? channel})`;
  };
  const body = html`<h1>${texts.title}</h1>
${said === '' ? null : html`<p class="done" role="status">${said}</p>`}
<p>${texts.lead(visit.address)}</p>
<form method="post" action="?lang=${visit.language}">
${messages.length === 0 ? null : html`<fieldset><legend>${texts.messages}</legend>${messages.map((each) => box(each, texts.messageLabel(channelNames[each.channel] ?? each.channel), visit))}</fieldset>`}
<fieldset><legend>${texts.uses}</legend>${uses.map((each) => box(each, labelOf(each), visit))}</fieldset>
<div class="row"><button type="submit" name="do" value="save">${texts.save}</button><button class="plain" type="submit" name="do" value="none">${texts.none}</button></div>
</form>
${
  messages.some(({ allowed }) => allowed)
    ? html`<form method="post" action="?lang=${visit.language}"><fieldset><legend>${texts.pause}</legend><p class="soft">${texts.pauseHint}</p>
<div class="row"><button class="plain" type="submit" name="do" value="pause30">${texts.pause30}</button><button class="plain" type="submit" name="do" value="pause90">${texts.pause90}</button></div></fieldset></form>`
    : null
}`;
  return sendPage(reply, visit, { title: texts.title, body });
}

export async function showPreferences(
  deps: PageDeps,
  token: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const opened = await open(deps, token, request);
  return opened === null ? sendUnknown(deps.pg, request, reply) : show(reply, opened, '');
}

/** Saves what the person chose: only what differs from how it stands is a statement. Safe to repeat. */
export async function savePreferences(
  deps: PageDeps,
  token: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const opened = await open(deps, token, request);
  if (opened === null) return sendUnknown(deps.pg, request, reply);
  const { visit, matrix, person } = opened;
  const now = deps.clock.now();
  const wish = choicesOf(new URLSearchParams(typeof request.body === 'string' ? request.body : ''), matrix, now);
  if (wish.changes.length > 0)
    await changeConsents(
      deps,
      person.workspace,
      wish.changes.map((change) => factOf(opened, change, now)),
    );
  const after = await open(deps, token, request);
  if (after === null) return sendUnknown(deps.pg, request, reply);
  return show(reply, after, saidOf(visit, wish));
}

function saidOf(visit: Visit, { kind, until }: Wish): string {
  const { preferences: texts } = visit.texts;
  if (kind === 'none') return texts.unsubscribedAll;
  if (kind === 'save') return texts.saved;
  return until === null ? texts.nothingToPause : texts.paused(dayOf(until.toISOString(), visit));
}

function factOf({ person, subject, visit, purposes }: Opened, change: Wish['changes'][number], now: Date): ConsentFact {
  const { purpose, channel, granted, until } = change;
  const { texts } = visit;
  const label =
    purpose === 'marketing'
      ? texts.preferences.messageLabel(texts.channel[channel] ?? channel)
      : (texts.purpose[purpose] ?? purpose);
  return {
    profile: person.profile,
    purpose,
    channel: readChannel(channel),
    state: granted ? 'granted' : 'denied',
    basis: granted ? 'consent' : basisOf(change.basis),
    at: now,
    expiresAt: granted ? expiryOf(purposes satisfies readonly Purpose[], purpose, now) : until,
    source: 'preference_centre',
    actor: 'person',
    proof: {
      text: label,
      page: '/m/p',
      language: visit.language,
      ip: visit.ip,
      userAgent: visit.userAgent,
      ...(subject.message > 0 && { messageId: String(subject.message) }),
    },
  };
}

const basisOf = (basis: LawfulBasis | null): LawfulBasis => lawfulBases.find((each) => each === basis) ?? 'consent';
