import { type AdError, adKindSchema } from '@vitrail/contracts';
import { listSegmentsBeyond } from '../../decide/index.ts';
import type { JobOutcome } from '../../platform/index.ts';
import { type AdAudienceRow, buildDestination, type DestinationDeps } from './buildDestination.ts';
import type { AdDestination, AdEnd } from './destination.ts';
import { handOver } from './handOver.ts';
import {
  dismissOthers,
  type LookDeps,
  type Looked,
  lookThrough,
  nobody,
  peopleAtOnce,
  wantPeople,
} from './lookThrough.ts';
import {
  deleteAdAudience,
  findAdAudience,
  findAdSegment,
  findNewestConsent,
  recordAdError,
  recordHeard,
  recordLook,
} from './sql/audiences.pg.ts';
import { dismissAll, listAdMembersHeard, listHeardPeople } from './sql/members.pg.ts';

export interface SyncDeps extends LookDeps, DestinationDeps {}

/** How long who joins or leaves a segment may wait. Consents are heard every minute. */
export const lookEveryMs = 15 * 60_000;
const hourMs = 3_600_000;

/** First wait by what went wrong; each further failure doubles it, up to an hour. */
const firstWaitMs: Readonly<Record<AdError, number>> = {
  rate_limited: 60_000,
  unavailable: 30_000,
  credentials: 15 * 60_000,
  refused: 15 * 60_000,
  partner: 15 * 60_000,
  unreadable: hourMs,
};

/**
 * Brings one audience up to date: who must go is told before who comes. Repeatable, and may be stopped at any moment. One at a
 * time for an audience: two at once could tell the company of an older wish after a newer one.
 */
export async function syncAudience(
  deps: SyncDeps,
  { workspace, id }: { workspace: number; id: number },
  signal: AbortSignal,
): Promise<JobOutcome> {
  const row = await deps.pg.row(findAdAudience, { workspace, id });
  if (row === null) return { skipped: 'gone' };
  const company = adKindSchema.parse(row.kind);
  const looked: Looked = { workspace, audience: id, company, segment: row.segment_id };
  const standing = await choosePeople(deps, looked, row, signal);
  if (signal.aborted) return { skipped: 'stopping' };
  const destination = open(deps, workspace, row);
  if (destination === null) {
    await fail(deps, workspace, row, 'unreadable', '');
    return { skipped: 'unreadable' };
  }
  try {
    const adds = row.state === 'running' && standing === null;
    const end = await handOver(deps, looked, destination, { adds, signal });
    if (end === null) return { skipped: 'stopping' };
    return await finish(deps, workspace, row, end, standing);
  } finally {
    destination.close();
  }
}

function open(deps: SyncDeps, workspace: number, row: AdAudienceRow): AdDestination | null {
  try {
    return buildDestination(deps, workspace, row);
  } catch {
    // Sealed by another installation: a person must give them again. What was in them is not logged.
    return null;
  }
}

/** Writes down who shall come and who shall go. Returns what keeps the audience from having anybody. */
async function choosePeople(
  deps: SyncDeps,
  looked: Looked,
  row: AdAudienceRow,
  signal: AbortSignal,
): Promise<'partner' | null> {
  const { workspace, audience, segment } = looked;
  const now = deps.clock.now();
  const beyond = row.state === 'ending' ? false : (await listSegmentsBeyond(deps.pg, workspace, 'ads')).has(segment);
  const state = (await deps.pg.row(findAdSegment, { workspace, segment }))?.state ?? 'archived';
  const upTo = (await deps.pg.row(findNewestConsent, { workspace }))?.id ?? 0;
  if (row.state === 'ending' || beyond || state === 'archived') {
    await deps.pg.run(dismissAll, { workspace, audience, now });
    await deps.pg.run(recordLook, { workspace, id: audience, counts: { ...nobody }, now });
    await deps.pg.run(recordHeard, { workspace, id: audience, heard: upTo });
    return beyond ? 'partner' : null;
  }
  // A segment that is being built has not all its members yet: nobody is judged by that, but for consents.
  if (state !== 'building' && (row.looked_at === null || now.getTime() - row.looked_at.getTime() >= lookEveryMs)) {
    const counts = await lookThrough(deps, looked, signal);
    if (counts === null) return null;
    await deps.pg.run(recordLook, { workspace, id: audience, counts: { ...counts }, now });
  } else if (upTo > row.heard_to) await hear(deps, looked, row.heard_to, upTo);
  await deps.pg.run(recordHeard, { workspace, id: audience, heard: upTo });
  return null;
}

/** Those of whom the ledger says something new. */
async function hear(deps: SyncDeps, looked: Looked, after: number, upTo: number): Promise<void> {
  const { workspace, audience, segment } = looked;
  const members = await deps.pg.rows(listAdMembersHeard, { workspace, audience, after, upTo });
  for (let from = 0; from < members.length; from += peopleAtOnce)
    await dismissOthers(deps, looked, members.slice(from, from + peopleAtOnce));
  const people = await deps.pg.rows(listHeardPeople, { workspace, segment, after, upTo });
  for (let from = 0; from < people.length; from += peopleAtOnce)
    await wantPeople(
      deps,
      looked,
      people.slice(from, from + peopleAtOnce).map(({ root }) => root),
    );
}

async function finish(
  deps: SyncDeps,
  workspace: number,
  row: AdAudienceRow,
  end: AdEnd,
  standing: 'partner' | null,
): Promise<JobOutcome> {
  if (end.kind === 'failed') {
    await fail(deps, workspace, row, end.error, end.detail, end.afterMs);
    return { skipped: end.error };
  }
  // Everybody was taken out: nothing of it is left to know.
  if (row.state === 'ending') await deps.pg.run(deleteAdAudience, { workspace, id: row.id });
  else if (standing !== row.error || row.failures > 0)
    await deps.pg.run(recordAdError, {
      workspace,
      id: row.id,
      error: standing,
      detail: '',
      failures: 0,
      retryAt: null,
    });
  return { done: true };
}

async function fail(
  deps: SyncDeps,
  workspace: number,
  row: AdAudienceRow,
  error: AdError,
  detail: string,
  afterMs = 0,
): Promise<void> {
  const failures = row.failures + 1;
  const waitMs = Math.min(firstWaitMs[error] * 2 ** Math.min(row.failures, 12), hourMs);
  const retryAt = new Date(deps.clock.now().getTime() + Math.max(waitMs, afterMs));
  await deps.pg.run(recordAdError, { workspace, id: row.id, error, detail, failures, retryAt });
}
