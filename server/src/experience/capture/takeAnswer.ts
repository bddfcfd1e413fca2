import { setTimeout as pause } from 'node:timers/promises';
import { type AnswerAnswer, type AnswerRequest, experienceRequestSchema } from '@vitrail/contracts';
import type { Inbox } from '../../collect/index.ts';
import { type Deps, Fault, type JsonObject, wireJson } from '../../platform/index.ts';
import type { CaptureDesk } from './desk.ts';
import { drawWheel, giveCoupon } from './give.ts';
import { type Answers, type Capture, isCapture, readAnswers } from './readAnswers.ts';
import { findAnswer, findByKey, insertAnswer } from './sql/answers.pg.ts';

export interface CaptureDeps extends Pick<Deps, 'pg' | 'clock'> {
  readonly desk: CaptureDesk;
  readonly inbox: Pick<Inbox, 'append'>;
}

/** Who sends an answer, as the request shows it. */
export interface Sender {
  readonly workspace: number;
  readonly source: number;
  readonly ip: string;
  readonly userAgent: string;
  readonly gpc: boolean;
}

/** What the pipeline knows an answer by: also how it tells ours from what a page calls so. */
export const answerMark = 'answer-';
/** The pipeline usually has it within half a second; a page that waits longer asks again. */
const patienceMs = 3_000;
const lookMs = 50;

/**
 * Keeps an answer and gives what goes with it. Whatever of it was done before (the page sends again, the server was killed)
 * is found, not done twice: the row by its message id, the events by theirs, the draw by the person.
 */
export async function takeAnswer(deps: CaptureDeps, sender: Sender, request: AnswerRequest): Promise<AnswerAnswer> {
  const { workspace } = sender;
  const { id, content, version } = await findContent(deps, workspace, request);
  const answers = readAnswers(content, request.answers);
  const consent = consentOf(content, request, version);
  await deps.pg.run(insertAnswer, {
    workspace,
    message: request.messageId,
    experience: id,
    variant: request.variant,
    version: request.version ?? version,
    at: deps.clock.now(),
    answers: wireJson(answers),
    outcome: request.outcome ?? '',
    consent: consent === null ? null : wireJson(consent),
    proof: {
      page: request.page,
      language: request.language,
      ip: deps.desk.shortenIp(sender.ip),
      userAgent: sender.userAgent.slice(0, 500),
    },
  });
  await tellPipeline(deps, sender, request, answers);
  const rest = { confirm: consent !== null, code: null, draw: null } as const;
  const isGiven = content.kind === 'wheel' || (content.kind === 'form' && content.coupon?.give === 'at_once');
  const profile = await waitForOwner(deps, workspace, { ...request, id }, isGiven ? patienceMs : patienceMs / 2);
  if (!isGiven) return { state: 'taken', ...rest };
  if (profile === null) return { state: 'pending', ...rest };
  return { ...rest, ...(await give(deps, content, { workspace, experience: id, variant: request.variant, profile })) };
}

async function give(
  deps: CaptureDeps,
  content: Capture,
  wish: { workspace: number; experience: number; variant: string; profile: number },
): Promise<{ state: 'taken'; code: string | null; draw: AnswerAnswer['draw'] }> {
  if (content.kind === 'wheel') {
    const given = await drawWheel(deps, wish, content);
    if (given === null) return { state: 'taken', code: null, draw: null };
    const { segment, won, chances } = given;
    return { state: 'taken', code: content.give === 'at_once' ? given.code : null, draw: { segment, won, chances } };
  }
  const offer = content.kind === 'form' ? content.coupon?.offer : undefined;
  return { state: 'taken', code: offer === undefined ? null : await giveCoupon(deps, wish, offer), draw: null };
}

async function findContent(deps: CaptureDeps, workspace: number, { experience, variant }: AnswerRequest) {
  const row = await deps.pg.row(findByKey, { workspace, key: experience });
  const definition = row === null ? null : experienceRequestSchema.parse(row.definition);
  const content = definition?.variants.find(({ key }) => key === variant)?.content;
  // What was on a page when it was stopped may still be answered.
  const isOpen = row?.state === 'running' || row?.state === 'stopped';
  if (row === null || content === undefined || !isOpen || !isCapture(content))
    throw new Fault('not_found', 'experience.nothing_asked', 'No experience of this name asks anything.');
  return { id: row.id, version: row.version, content };
}

/** What was agreed to, in the words that were seen; null where nothing was asked, or they did not agree. */
function consentOf(content: Capture, { consent, version }: AnswerRequest, current: number): JsonObject | null {
  const asked = 'consent' in content ? content.consent : undefined;
  if (asked === undefined) return null;
  if (consent === null || consent === undefined) {
    if (asked.required)
      throw new Fault('invalid', 'experience.consent_needed', 'This cannot be sent without agreeing to it.');
    return null;
  }
  // Of an older version the words are no longer known here: what the page showed is taken, under that version.
  if ((version ?? current) >= current && !Object.values(asked.text).includes(consent.text))
    throw new Fault('invalid', 'experience.other_words', 'These are not the words that this experience shows.');
  return { purpose: asked.purpose, channel: asked.channel, text: consent.text, language: consent.language };
}

/** Traits and event go the way of everything that is told of a person; a repeat is known by its message ids. */
async function tellPipeline(
  deps: CaptureDeps,
  sender: Sender,
  request: AnswerRequest,
  answers: Answers,
): Promise<void> {
  const { messageId, experience, variant, outcome } = request;
  const now = deps.clock.now();
  const url = URL.canParse(request.page) ? new URL(request.page) : null;
  const common = {
    anonymousId: request.anonymousId ?? `${answerMark}${messageId}`,
    timestamp: now.toISOString(),
    context: {
      experience: { key: experience, variant },
      ...(url === null ? {} : { page: { url: url.href, path: url.pathname } }),
      ...(request.language === '' ? {} : { locale: request.language }),
    },
  };
  const named = { experience, variant, answers: Object.keys(answers), values: answers };
  const batch = [
    ...(Object.keys(answers).length === 0
      ? []
      : [{ ...common, type: 'identify', messageId: `${answerMark}${messageId}-traits`, traits: answers }]),
    {
      ...common,
      type: 'track',
      event: 'Experience Answered',
      messageId: `${answerMark}${messageId}`,
      properties: { ...named, ...(outcome === undefined ? {} : { outcome }) },
    },
  ];
  await deps.inbox.append({
    workspaceId: sender.workspace,
    sourceId: sender.source,
    receivedAt: now,
    typeHint: null,
    ip: sender.ip,
    userAgent: sender.userAgent.slice(0, 1_024),
    gpc: sender.gpc,
    events: batch.length,
    replay: false,
    payload: Buffer.from(JSON.stringify({ batch }).replaceAll('\\u0000', '')),
  });
}

/** Whose it is, as soon as the pipeline knows; null after a while. Throws for the message id of another answer. */
async function waitForOwner(
  deps: CaptureDeps,
  workspace: number,
  { messageId, id, variant }: { readonly messageId: string; readonly id: number; readonly variant: string },
  patience: number,
): Promise<number | null> {
  const until = performance.now() + patience;
  for (;;) {
    const row = await deps.pg.row(findAnswer, { workspace, message: messageId });
    if (row === null) return null;
    if (row.experience_id !== id || row.variant !== variant)
      throw new Fault('conflict', 'experience.message_taken', 'Another answer has this messageId. Make a new one.');
    if (row.profile_id !== null) return row.profile_id;
    if (performance.now() > until) return null;
    await pause(lookMs);
  }
}
