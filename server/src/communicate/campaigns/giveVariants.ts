import type { CampaignRequest } from '@vitrail/contracts';
import type { Assigner } from '../../decide/index.ts';
import { Fault, type Pg } from '../../platform/index.ts';
import { findCampaignExperiments } from './sql/freeze.pg.ts';

/** Names of the variants that an experiment gives; null: the campaign draws them itself. */
export type Given = {
  readonly byRoot: ReadonlyMap<number, string>;
  /** For those who are not in it: what is sent without the experiment. */
  readonly others: string;
} | null;

interface GiveDeps {
  readonly assigner: Assigner;
}

const kind = 'message';

/** Which variant each person gets, kept in the transaction that puts their message into the outbox. */
export async function giveVariants(
  { assigner }: GiveDeps,
  tx: Pg,
  { workspace, definition, roots }: { workspace: number; definition: CampaignRequest; roots: readonly number[] },
): Promise<Given> {
  const others = await assertExperiment({ assigner }, workspace, definition);
  if (definition.experiment === undefined || others === null) return null;
  return { byRoot: await assigner.assign(tx, { workspace, kind, experiment: definition.experiment, roots }), others };
}

/**
 * The variant of the control, if an experiment decides. Throws `conflict` when it does not run, or when a variation of it has
 * no variant: those who are given it would get something else and count all the same.
 */
export async function assertExperiment(
  { assigner }: GiveDeps,
  workspace: number,
  { experiment, variants = [] }: CampaignRequest,
): Promise<string | null> {
  if (experiment === undefined) return null;
  const variations = await assigner.variations(workspace, kind, experiment);
  if (variations === null)
    throw new Fault(
      'conflict',
      'communicate.experiment_not_running',
      `No experiment on messages with the key ${experiment} runs. Start it, then the campaign.`,
    );
  const names = new Set(variants.map(({ name }) => name));
  const lacking = variations.filter((key) => !names.has(key));
  if (lacking.length > 0 || names.size > variations.length)
    throw new Fault(
      'conflict',
      'communicate.experiment_variants',
      `The variants of the campaign are named as the variations of the experiment: ${variations.join(', ')}.`,
    );
  return variations[0] ?? null;
}

/** Tells of those who were handed the message an experiment gave them, in the transaction that notes it. */
export async function exposeSent(
  { assigner }: GiveDeps,
  tx: Pg,
  workspace: number,
  sent: readonly {
    readonly profile_id: number;
    readonly origin: string;
    readonly origin_id: string;
    readonly variant: string;
  }[],
): Promise<void> {
  const ofCampaigns = sent.filter(({ origin, variant }) => origin === 'campaign' && variant !== '');
  if (ofCampaigns.length === 0) return;
  const ids = [...new Set(ofCampaigns.map(({ origin_id }) => Number(origin_id)))];
  for (const { id, experiment } of await tx.rows(findCampaignExperiments, { workspace, ids })) {
    const variations = new Set(await assigner.variations(workspace, kind, experiment));
    const profiles = ofCampaigns
      .filter(({ origin_id, variant }) => Number(origin_id) === id && variations.has(variant))
      .map(({ profile_id }) => profile_id);
    await assigner.expose(tx, { workspace, kind, experiment, profiles });
  }
}
