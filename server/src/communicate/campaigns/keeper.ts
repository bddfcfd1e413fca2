import { campaignRequestSchema } from '@vitrail/contracts';
import type { Assigner } from '../../decide/index.ts';
import { createDueTimer, type Deps, Fault } from '../../platform/index.ts';
import type { ErasureKey } from '../gate/erasedAddresses.ts';
import { freezeChunk, readLegs } from './freeze.ts';
import { assertAllowed } from './segments.ts';
import { failCampaign, findCampaign, hasOpenMessages, listActive, moveCampaign } from './sql/campaigns.pg.ts';
import { compareVariants, useWinner } from './sql/freeze.pg.ts';
import { findLiveSegments } from './sql/segments.pg.ts';

/** How often campaigns on their way are looked at. */
const lookMs = 2_000;
const hourMs = 3_600_000;

type KeeperDeps = Pick<Deps, 'pg' | 'ch' | 'clock' | 'log'> & {
  readonly secrets: ErasureKey;
  readonly assigner: Assigner;
};

/** Moves campaigns on: starts them at their hour, goes through their people, chooses winners, notes that they are done. */
export function createCampaignKeeper(deps: KeeperDeps) {
  let stopped = true;

  const freeze = async (workspace: number, id: number): Promise<void> => {
    // A segment that is being built has not all its members yet.
    if (await isBuilding(deps, workspace, id)) return;
    try {
      await assertStillAllowed(deps, workspace, id);
      while (!stopped && !(await freezeChunk(deps, workspace, id)));
    } catch (error) {
      // What a person can mend ends the campaign with the reason; anything else is tried again.
      if (!(error instanceof Fault) || error.kind === 'unavailable') throw error;
      await deps.pg.run(failCampaign, { workspace, id, reason: error.message, now: deps.clock.now() });
    }
  };

  const finish = async (workspace: number, id: number): Promise<void> => {
    if ((await deps.pg.row(hasOpenMessages, { workspace, id: String(id) }))?.open !== false) return;
    await deps.pg.row(moveCampaign, {
      workspace,
      id,
      from: ['sending'],
      to: 'done',
      startsAt: null,
      now: deps.clock.now(),
    });
  };

  const work = async (): Promise<number | null> => {
    const now = deps.clock.now();
    let next: number | null = null;
    for (const { workspace_id: workspace, id, state, starts_at } of await deps.pg.rows(listActive, {})) {
      if (state === 'scheduled' && starts_at !== null && starts_at > now) {
        next = Math.min(next ?? Number.POSITIVE_INFINITY, starts_at.getTime());
        continue;
      }
      if (state === 'scheduled')
        await deps.pg.row(moveCampaign, { workspace, id, from: ['scheduled'], to: 'freezing', startsAt: null, now });
      await freeze(workspace, id);
      await pickWinner(deps, workspace, id);
      await finish(workspace, id);
      next = Math.min(next ?? Number.POSITIVE_INFINITY, now.getTime() + lookMs);
    }
    return next;
  };
  const timer = createDueTimer(deps, { work, failed: 'campaigns could not be moved on' });

  return {
    start(): void {
      stopped = false;
      timer.start();
    },
    /** A campaign was started, or time was moved. */
    ring: () => timer.note(0),
    async stop(): Promise<void> {
      stopped = true;
      await timer.stop();
    },
  };
}

async function isBuilding(deps: KeeperDeps, workspace: number, id: number): Promise<boolean> {
  const campaign = await deps.pg.row(findCampaign, { workspace, id });
  if (campaign?.state !== 'freezing') return false;
  const { segment, exclude } = campaignRequestSchema.parse(campaign.definition);
  const rows = await deps.pg.rows(findLiveSegments, { workspace, ids: [segment, ...exclude].map(Number) });
  return rows.some(({ state }) => state === 'building');
}

/** Between planning and sending a partner may have allowed less. */
async function assertStillAllowed(deps: KeeperDeps, workspace: number, id: number): Promise<void> {
  const campaign = await deps.pg.row(findCampaign, { workspace, id });
  if (campaign?.state !== 'freezing') return;
  const { segment, exclude } = campaignRequestSchema.parse(campaign.definition);
  await assertAllowed(deps.pg, workspace, [segment, ...exclude].map(Number));
}

/** Once its time has come, the variant that did best goes to everyone who waits; of equals the first. */
async function pickWinner(deps: KeeperDeps, workspace: number, id: number): Promise<void> {
  const campaign = await deps.pg.row(findCampaign, { workspace, id });
  if (campaign === null || campaign.winner !== null || campaign.started_at === null) return;
  const definition = campaignRequestSchema.parse(campaign.definition);
  const { winner } = definition;
  const now = deps.clock.now();
  if (winner === undefined || now.getTime() < campaign.started_at.getTime() + winner.afterHours * hourMs) return;
  const rows = await deps.pg.rows(compareVariants, { workspace, id: String(id) });
  const rateOf = (name: string): number => {
    const row = rows.find(({ variant }) => variant === name);
    return row === undefined || row.sent === 0 ? 0 : row[winner.metric] / row.sent;
  };
  const [leg] = await readLegs(deps.pg, workspace, definition);
  const [best] = [...(leg?.variants ?? [])].sort((a, b) => rateOf(b.name) - rateOf(a.name));
  if (best === undefined) return;
  await deps.pg.run(useWinner, {
    workspace,
    campaign: id,
    id: String(id),
    variant: best.name,
    template: best.template.id,
    version: best.template.version,
    now,
  });
}
