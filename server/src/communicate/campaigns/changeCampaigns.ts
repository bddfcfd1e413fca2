import type { CampaignRequest } from '@vitrail/contracts';
import type { Assigner } from '../../decide/index.ts';
import { type Actor, recordAudit } from '../../govern/index.ts';
import { type Deps, Fault, type Pg, wireJson } from '../../platform/index.ts';
import { ringMessages } from '../messages/sql/messages.pg.ts';
import { readLegs } from './freeze.ts';
import { assertExperiment } from './giveVariants.ts';
import { getCampaignRow } from './readCampaigns.ts';
import { assertSegments } from './segments.ts';
import {
  cancelMessages,
  changeCampaign,
  deleteCampaign,
  holdMessages,
  insertCampaign,
  moveCampaign,
  releaseMessages,
} from './sql/campaigns.pg.ts';

export interface CampaignDeps extends Pick<Deps, 'pg' | 'clock'> {
  /** A campaign was started or changed: look at it now. */
  readonly onChange: () => void;
  readonly assigner: Assigner;
}
export interface By {
  readonly workspace: number;
  readonly actor: Actor;
}

const origin = 'campaign';

/** A draft. Throws `Fault` for a segment or template that does not exist. */
export async function createCampaign(deps: CampaignDeps, by: By, definition: CampaignRequest): Promise<number> {
  const { workspace, actor } = by;
  return deps.pg.transaction(async (tx) => {
    await check(tx, workspace, definition);
    const now = deps.clock.now();
    const row = await tx.row(insertCampaign, {
      workspace,
      name: definition.name,
      definition: wireJson(definition),
      by: actor.id,
      now,
    });
    const id = row?.id ?? 0;
    await audit(tx, deps, by, id, 'campaign.created');
    return id;
  });
}

/** Replaces a draft. Throws `conflict` once it was started: what was promised to people stays as it was. */
export async function editCampaign(deps: CampaignDeps, by: By, id: number, definition: CampaignRequest): Promise<void> {
  const { workspace } = by;
  await deps.pg.transaction(async (tx) => {
    const { state } = await getCampaignRow(tx, workspace, id);
    await check(tx, workspace, definition);
    const now = deps.clock.now();
    if (
      (await tx.run(changeCampaign, {
        workspace,
        id,
        name: definition.name,
        definition: wireJson(definition),
        now,
      })) === 0
    )
      throw standsElsewhere(state, 'changed', 'draft');
    await audit(tx, deps, by, id, 'campaign.changed');
  });
}

export async function removeCampaign(deps: CampaignDeps, by: By, id: number): Promise<void> {
  await deps.pg.transaction(async (tx) => {
    const { state } = await getCampaignRow(tx, by.workspace, id);
    if ((await tx.run(deleteCampaign, { workspace: by.workspace, id })) === 0)
      throw standsElsewhere(state, 'deleted', 'draft');
    await audit(tx, deps, by, id, 'campaign.deleted');
  });
}

/** Now, or at its hour. A repeat changes nothing. */
export async function startCampaign(deps: CampaignDeps, by: By, id: number): Promise<void> {
  const { workspace } = by;
  await deps.pg.transaction(async (tx) => {
    const { definition, state } = await getCampaignRow(tx, workspace, id);
    if (['scheduled', 'freezing', 'sending'].includes(state)) return;
    if (state !== 'draft') throw standsElsewhere(state, 'started', 'draft');
    await check(tx, workspace, definition);
    await assertExperiment(deps, workspace, definition);
    const now = deps.clock.now();
    const { schedule } = definition;
    const at = schedule !== 'now' && schedule.kind === 'at' ? new Date(schedule.at) : now;
    const to = at > now ? 'scheduled' : 'freezing';
    await tx.row(moveCampaign, { workspace, id, from: ['draft'], to, startsAt: at, now });
    await audit(tx, deps, by, id, 'campaign.started');
  });
  deps.onChange();
}

/** Nothing more leaves once this returns, but what was being handed over. */
export async function pauseCampaign(deps: CampaignDeps, by: By, id: number): Promise<void> {
  await move(deps, by, id, { from: ['scheduled', 'freezing', 'sending'], to: 'paused', done: 'paused' });
  await deps.pg.run(holdMessages, { workspace: by.workspace, origin, id: String(id) });
}

/** Goes on with those who have not been written to: nobody gets a message twice. */
export async function resumeCampaign(deps: CampaignDeps, by: By, id: number): Promise<void> {
  await move(deps, by, id, { from: ['paused'], to: 'sending', done: 'resumed' });
  await deps.pg.transaction(async (tx) => {
    await tx.run(releaseMessages, { workspace: by.workspace, origin, id: String(id) });
    await tx.row(ringMessages, {});
  });
  deps.onChange();
}

/** For good: whoever has not been written to will not be. */
export async function cancelCampaign(deps: CampaignDeps, by: By, id: number): Promise<void> {
  await move(deps, by, id, {
    from: ['scheduled', 'freezing', 'sending', 'paused'],
    to: 'cancelled',
    done: 'cancelled',
  });
  await deps.pg.run(cancelMessages, { workspace: by.workspace, origin, id: String(id), reason: 'campaign_cancelled' });
}

async function move(
  deps: CampaignDeps,
  by: By,
  id: number,
  { from, to, done }: { from: readonly string[]; to: string; done: string },
): Promise<void> {
  const { workspace } = by;
  await deps.pg.transaction(async (tx) => {
    const { state } = await getCampaignRow(tx, workspace, id);
    if (state === to) return;
    const now = deps.clock.now();
    if ((await tx.row(moveCampaign, { workspace, id, from, to, startsAt: null, now })) === null)
      throw standsElsewhere(state, done, from.join(', '));
    await audit(tx, deps, by, id, `campaign.${done}`);
  });
}

async function check(tx: Pg, workspace: number, definition: CampaignRequest): Promise<void> {
  await assertSegments(tx, workspace, [definition.segment, ...definition.exclude]);
  await readLegs(tx, workspace, definition);
}

const audit = (tx: Pg, deps: CampaignDeps, { workspace, actor }: By, id: number, action: string): Promise<void> =>
  recordAudit(tx, deps, { workspaceId: workspace, actor, action, target: `campaign ${id}` });

const standsElsewhere = (state: string, done: string, from: string): Fault =>
  new Fault(
    'conflict',
    'communicate.campaign_state',
    `This campaign is ${state}; only one that is ${from} can be ${done}.`,
    { details: { state } },
  );
