import type { AdAudienceInput, AdKind, adAudienceInputSchema } from '@vitrail/contracts';
import type { z } from 'zod';
import { listSegmentsBeyond } from '../../decide/index.ts';
import { type Actor, recordAudit } from '../../govern/index.ts';
import { type Deps, Fault, type Pg } from '../../platform/index.ts';
import { type AdAudienceRow, openAdFields, readAdFields, sealAdSecrets } from './buildDestination.ts';
import { syncSoon } from './jobs.ts';
import {
  deleteAdAudience,
  endAdAudience,
  findAdAudience,
  findAdSegment,
  hastenAdAudience,
  insertAdAudience,
  updateAdAudience,
} from './sql/audiences.pg.ts';
import { dismissAll } from './sql/members.pg.ts';

export interface ChangeDeps extends Pick<Deps, 'pg' | 'clock' | 'jobs'> {
  /** `secrets.credentials`. */
  readonly credentials: Buffer;
}
interface By {
  readonly workspace: number;
  readonly actor: Actor;
}
type Input = z.output<typeof adAudienceInputSchema>;

export const noAudience = (): Fault =>
  new Fault('not_found', 'communicate.no_ad_audience', 'There is no such advertising audience in this workspace.');

export async function getAudience(pg: Pg, workspace: number, id: number): Promise<AdAudienceRow> {
  const row = await pg.row(findAdAudience, { workspace, id });
  if (row === null) throw noAudience();
  return row;
}

/** Throws `Fault` for a segment that is not there, and for one that rests on a partner who does not allow advertising. */
async function assertSegment(pg: Pg, workspace: number, segment: number): Promise<void> {
  const found = await pg.row(findAdSegment, { workspace, segment });
  if (found === null || found.state === 'archived')
    throw new Fault('invalid', 'communicate.segment_unknown', `There is no segment ${segment} in this workspace.`);
  if ((await listSegmentsBeyond(pg, workspace, 'ads')).has(segment))
    throw new Fault(
      'invalid',
      'communicate.segment_not_allowed',
      `Segment ${segment} rests on what a data partner says and does not allow for advertising. Choose another one, or agree on this use with the partner.`,
      { details: { segment: String(segment) } },
    );
}

const stateOf = ({ paused }: Input): 'paused' | 'running' => (paused ? 'paused' : 'running');

const audit = (
  tx: Pg,
  deps: ChangeDeps,
  { workspace, actor }: By,
  action: string,
  id: number,
  details: { kind: string; segment?: string; state?: string },
) => recordAudit(tx, deps, { workspaceId: workspace, actor, action, target: `ad audience ${id}`, details });

export async function createAudience(deps: ChangeDeps, by: By, input: Input): Promise<number> {
  const { workspace } = by;
  const { settings, secrets } = readAdFields(input.kind, input.settings, {});
  await assertSegment(deps.pg, workspace, Number(input.segment));
  const id = await deps.pg.transaction(async (tx) => {
    const row = await tx.row(insertAdAudience, {
      workspace,
      name: input.name,
      kind: input.kind,
      segment: Number(input.segment),
      settings,
      credentials: sealAdSecrets(deps.credentials, workspace, input.kind, secrets),
      state: stateOf(input),
      now: deps.clock.now(),
    });
    if (row === null) throw new Error('the audience was not inserted');
    const { kind, segment } = input;
    await audit(tx, deps, by, 'ad_audience.created', row.id, { kind, segment, state: stateOf(input) });
    return row.id;
  });
  await syncSoon(deps, workspace, id);
  return id;
}

/** Another name, segment, token, or a pause. What is at the company is brought after it by the next look. */
export async function changeAudience(deps: ChangeDeps, by: By, id: number, input: Input): Promise<void> {
  const { workspace } = by;
  const row = await getAudience(deps.pg, workspace, id);
  if (row.state === 'ending')
    throw new Fault(
      'conflict',
      'communicate.ad_audience_ending',
      'This audience is being removed. Set up another one.',
    );
  const kept = keptFields(deps, workspace, row);
  const { settings, secrets } = readAdFields(input.kind, input.settings, kept.secrets);
  if (row.kind !== input.kind || !sameFields(settings, kept.settings))
    throw new Fault(
      'invalid',
      'communicate.ad_audience_fixed',
      'The company and its numbers of account and audience stay as they are. Remove this one and set up another.',
    );
  await assertSegment(deps.pg, workspace, Number(input.segment));
  await deps.pg.transaction(async (tx) => {
    const changed = await tx.run(updateAdAudience, {
      workspace,
      id,
      name: input.name,
      segment: Number(input.segment),
      credentials: sealAdSecrets(deps.credentials, workspace, input.kind, secrets),
      state: stateOf(input),
      now: deps.clock.now(),
    });
    if (changed === 0) throw noAudience();
    const { kind, segment } = input;
    await audit(tx, deps, by, 'ad_audience.changed', id, { kind, segment, state: stateOf(input) });
  });
  await syncSoon(deps, workspace, id);
}

/** What is stored, as far as it can be opened: secrets of another installation have to be given again. */
function keptFields(deps: ChangeDeps, workspace: number, row: AdAudienceRow): ReturnType<typeof openAdFields> {
  try {
    return openAdFields(deps.credentials, workspace, row);
  } catch {
    return openAdFields(deps.credentials, workspace, {
      ...row,
      credentials: sealAdSecrets(deps.credentials, workspace, kindOf(row), {}),
    });
  }
}
const kindOf = ({ kind }: AdAudienceRow): AdKind => (kind === 'google' ? 'google' : 'meta');

const sameFields = (a: AdAudienceInput['settings'], b: AdAudienceInput['settings']): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([name, value]) => b[name] === value);

/**
 * Everybody is taken out at the company first; the audience goes when that is done. With `forget` it goes at once, and whoever
 * is in it there stays: for a company that does not answer any more.
 */
export async function removeAudience(deps: ChangeDeps, by: By, id: number, forget: boolean): Promise<void> {
  const { workspace } = by;
  const now = deps.clock.now();
  await deps.pg.transaction(async (tx) => {
    const { kind } = await getAudience(tx, workspace, id);
    if (forget) await tx.run(deleteAdAudience, { workspace, id });
    else {
      await tx.run(endAdAudience, { workspace, id, now });
      await tx.run(dismissAll, { workspace, audience: id, now });
    }
    await audit(tx, deps, by, forget ? 'ad_audience.forgotten' : 'ad_audience.removed', id, { kind });
  });
  if (!forget) await syncSoon(deps, workspace, id);
}

/** Looks at everybody now, also while it waits after a failure. */
export async function hastenAudience(deps: ChangeDeps, workspace: number, id: number): Promise<void> {
  await getAudience(deps.pg, workspace, id);
  await deps.pg.run(hastenAdAudience, { workspace, id });
  await syncSoon(deps, workspace, id);
}
