import { type Audience, type CampaignRequest, type Channel, campaignRequestSchema } from '@vitrail/contracts';
import { type Assigner, readBestHours } from '../../decide/index.ts';
import { type Deps, Fault, type Pg, type PgRow } from '../../platform/index.ts';
import { decide, foresee } from '../gate/decide.ts';
import type { Decision } from '../gate/decision.ts';
import type { ErasureKey } from '../gate/erasedAddresses.ts';
import { enqueueMessages, type MessageWish } from '../messages/enqueueMessages.ts';
import { emptyAudience, readAudience } from './audience.ts';
import { type Given, giveVariants } from './giveVariants.ts';
import {
  analyzeMessages,
  findTemplateVersions,
  holdForWinner,
  insertControl,
  listAudience,
  lockCampaign,
  placeInZones,
  recordFrozen,
} from './sql/freeze.pg.ts';

/** People gone through in one transaction: about half a second in which nothing else passes the workspace's gate. */
const chunkPeople = 5_000;

type FreezeDeps = Pick<Deps, 'pg' | 'ch' | 'clock'> & { readonly secrets: ErasureKey; readonly assigner: Assigner };
type Person = PgRow<typeof listAudience.row>;
type Outcomes = ReadonlyMap<number, Pick<Decision, 'verdict' | 'reason'>>;

/** A variant as it is sent: the version of its template that is newest when the campaign starts. */
interface Leg {
  readonly channel: Channel;
  readonly variants: readonly { name: string; share: number; template: { id: number; version: number } }[];
}

/** Reasons for which the next channel is tried. */
const unreachable: readonly (string | null)[] = ['no_consent', 'no_address', 'suppressed'];
/** People foreseen at once. */
const foreseenPeople = 20_000;

/**
 * Goes through the next people of a campaign's segment: puts each one's message into the outbox, or writes down why there is
 * none. Returns true when everyone has been gone through, or the campaign is not to go on. A repeat goes on where the last
 * one that was committed ended.
 */
export async function freezeChunk(deps: FreezeDeps, workspace: number, id: number): Promise<boolean> {
  return deps.pg.transaction(async (tx) => {
    const campaign = await tx.row(lockCampaign, { workspace, id });
    if (campaign === null || campaign.state !== 'freezing') return true;
    const definition = campaignRequestSchema.parse(campaign.definition);
    const audience = readAudience(campaign.audience);
    const people = await tx.rows(listAudience, {
      ...askFor(workspace, id, definition),
      after: campaign.frozen_to,
      limit: chunkPeople,
    });
    const now = deps.clock.now();
    const startedAt = campaign.started_at ?? now;
    const legs = await readLegs(tx, workspace, definition);
    const { control, rest } = drawControl(people, definition);
    const given = await giveVariants(deps, tx, { workspace, definition, roots: rest.map(({ root }) => root) });
    await tx.run(insertControl, { workspace, campaign: id, roots: control.map(({ root }) => root) });

    const moments = await findMoments(deps, tx, {
      workspace,
      definition,
      people: rest,
      now,
      startedAt,
      before: audience.willSend,
    });
    const outcomes = await offerLegs(tx, {
      workspace,
      id,
      definition,
      legs,
      people: rest,
      given,
      moments,
      now,
      secrets: deps.secrets,
      first: campaign.frozen_to === 0,
    });
    const complete = people.length < chunkPeople;
    await tx.run(recordFrozen, {
      workspace,
      id,
      now,
      frozenTo: people.at(-1)?.root ?? campaign.frozen_to,
      audience: { ...addUp(audience, people, control.length, outcomes), complete },
      state: complete ? 'sending' : 'freezing',
    });
    return complete;
  });
}

/**
 * The audience of a campaign as it would be if it were frozen now: the same people, the same gate, nothing written. Throws
 * `Fault` for a template that is gone.
 */
export async function foreseeAudience(
  deps: Pick<FreezeDeps, 'pg' | 'clock' | 'secrets'>,
  workspace: number,
  id: number,
  definition: CampaignRequest,
): Promise<Audience> {
  const legs = await readLegs(deps.pg, workspace, definition);
  let audience = emptyAudience;
  for (let after = 0; ; ) {
    const people = await deps.pg.rows(listAudience, {
      ...askFor(workspace, id, definition),
      after,
      limit: foreseenPeople,
    });
    const { control, rest } = drawControl(people, definition);
    const outcomes = new Map<number, Pick<Decision, 'verdict' | 'reason'>>();
    let roots = rest.map(({ root }) => root);
    for (const { channel } of legs) {
      if (roots.length === 0) break;
      const found = await foresee(deps.pg, {
        workspace,
        now: deps.clock.now(),
        roots,
        channel,
        purpose: definition.purpose,
        priority: definition.priority,
        campaign: String(id),
        segment: Number(definition.segment),
        secrets: deps.secrets,
      });
      for (const [root, decision] of found)
        if (!outcomes.has(root) || decision.verdict !== 'skip') outcomes.set(root, decision);
      roots = roots.filter((root) => unreachable.includes(found.get(root)?.reason ?? null));
    }
    audience = addUp(audience, people, control.length, outcomes);
    const last = people.at(-1);
    if (last === undefined || people.length < foreseenPeople) return { ...audience, complete: true };
    after = last.root;
  }
}

const askFor = (workspace: number, id: number, definition: CampaignRequest) => ({
  workspace,
  segment: Number(definition.segment),
  exclude: definition.exclude.map(Number),
  salt: `${id}/`,
});

const drawControl = (people: readonly Person[], definition: CampaignRequest) => ({
  control: people.filter((person) => !person.excluded && person.control < definition.control),
  rest: people.filter((person) => !person.excluded && person.control >= definition.control),
});

/** Asks the gate for one channel after the other; each person ends with a message or with the reason of the first channel. */
async function offerLegs(
  tx: Pg,
  input: {
    workspace: number;
    id: number;
    definition: CampaignRequest;
    legs: readonly Leg[];
    people: readonly Person[];
    given: Given;
    moments: ReadonlyMap<number, Date>;
    now: Date;
    secrets: ErasureKey;
    /** These are the first people of the campaign. */
    first: boolean;
  },
): Promise<ReadonlyMap<number, Decision>> {
  const { workspace, id, definition, legs, given, moments, now, secrets } = input;
  const outcomes = new Map<number, Decision>();
  let people = input.people;
  for (const [place, leg] of legs.entries()) {
    if (people.length === 0) break;
    const wishes = people.map((person) =>
      toWish({ id, definition, leg, place, person, given, dueAt: moments.get(person.root) ?? now }),
    );
    const ids = await enqueueMessages(tx, { workspace, now, wishes });
    if (input.first) await tx.run(analyzeMessages, {});
    const decisions = new Map(
      (await decide(tx, { workspace, now, ids, passage: { kind: 'freeze' }, secrets })).map((each) => [each.id, each]),
    );
    const waiting: number[] = [];
    const next: Person[] = [];
    for (const [index, person] of people.entries()) {
      const message = ids[index];
      const decision = message === undefined ? undefined : decisions.get(message);
      if (decision === undefined) continue;
      const known = outcomes.get(person.root);
      if (known === undefined || decision.verdict !== 'skip') outcomes.set(person.root, decision);
      if (decision.verdict === 'skip' && unreachable.includes(decision.reason)) next.push(person);
      if (decision.verdict !== 'skip' && wishes[index]?.origin.step === 'rest') waiting.push(decision.id);
    }
    await tx.run(holdForWinner, { workspace, ids: waiting });
    people = next;
  }
  return outcomes;
}

function toWish(input: {
  id: number;
  definition: CampaignRequest;
  leg: Leg;
  place: number;
  person: Person;
  given: Given;
  dueAt: Date;
}): MessageWish {
  const { id, definition, leg, place, person, given, dueAt } = input;
  const variant = pickVariant(leg, person, given);
  const step =
    definition.winner === undefined || place > 0 ? '' : person.test < definition.winner.testShare ? 'test' : 'rest';
  return {
    profile: person.root,
    dedupeKey: `campaign/${id}/${person.root}${place === 0 ? '' : `/${leg.channel}`}`,
    channel: leg.channel,
    purpose: definition.purpose,
    kind: 'marketing',
    priority: definition.priority,
    template: variant.template,
    variant: variant.name,
    origin: { kind: 'campaign', id: String(id), step },
    dueAt,
  };
}

/** The one an experiment gave; of a leg without that name, and without an experiment, by the draw. */
function pickVariant({ variants }: Leg, { root, variant: draw }: Person, given: Given): Leg['variants'][number] {
  const own =
    given === null ? undefined : variants.find(({ name }) => name === (given.byRoot.get(root) ?? given.others));
  if (own !== undefined) return own;
  let sum = 0;
  for (const variant of variants) {
    sum += variant.share;
    if (draw < sum) return variant;
  }
  const last = variants.at(-1);
  if (last === undefined) throw new Error('a campaign has no variant');
  return last;
}

/** Channels in their order, each with the newest versions of its templates. Throws `Fault` for one that is gone. */
export async function readLegs(tx: Pg, workspace: number, definition: CampaignRequest): Promise<readonly Leg[]> {
  const asked = [
    {
      channel: definition.channel,
      variants: definition.variants ?? [{ name: 'A', share: 1, template: definition.template ?? '' }],
    },
    ...definition.fallback.map(({ channel, template }) => ({ channel, variants: [{ name: 'A', share: 1, template }] })),
  ];
  const ids = asked.flatMap(({ variants }) => variants.map(({ template }) => Number(template)));
  const rows = await tx.rows(findTemplateVersions, {
    workspace,
    ids: ids.filter((each) => Number.isInteger(each) && each > 0 && each < 2 ** 31),
  });
  const known = new Map(rows.map((row) => [String(row.id), row]));
  return asked.map(({ channel, variants }) => ({
    channel,
    variants: variants.map(({ name, share, template }) => {
      const row = known.get(template);
      if (row === undefined)
        throw new Fault(
          'invalid',
          'communicate.template_unknown',
          `There is no template ${template} in this workspace.`,
        );
      if (row.channel !== channel)
        throw new Fault(
          'invalid',
          'communicate.template_of_other_channel',
          `The template “${row.name}” is written for ${row.channel}, not for ${channel}. Choose another one.`,
        );
      return { name, share, template: { id: row.id, version: row.version } };
    }),
  }));
}

/** When each one's message is due. */
async function findMoments(
  deps: FreezeDeps,
  tx: Pg,
  input: {
    workspace: number;
    definition: CampaignRequest;
    people: readonly Person[];
    now: Date;
    startedAt: Date;
    /** People who were given a place in the throttled queue before. */
    before: number;
  },
): Promise<ReadonlyMap<number, Date>> {
  const { workspace, definition, people, now, startedAt, before } = input;
  const { schedule, perMinute } = definition;
  const roots = people.map(({ root }) => root);
  if (schedule !== 'now' && schedule.kind !== 'at') {
    const hours = schedule.kind === 'best_hour' ? await readBestHours(deps, workspace, roots) : null;
    const times = roots.map((root) => (schedule.kind === 'local' ? schedule.time : `${hours?.get(root) ?? 10}:00`));
    const rows = await tx.rows(placeInZones, { workspace, roots, times, day: schedule.day });
    return new Map(rows.map(({ root, at }) => [root, new Date(Math.max(at.getTime(), now.getTime()))]));
  }
  if (perMinute === undefined) return new Map();
  return new Map(
    roots.map((root, index) => [root, new Date(startedAt.getTime() + ((before + index) * 60_000) / perMinute)]),
  );
}

function addUp(audience: Audience, people: readonly Person[], control: number, outcomes: Outcomes): Audience {
  const sum = { ...audience, matched: audience.matched + people.length, control: audience.control + control };
  sum.excluded += people.filter(({ excluded }) => excluded).length;
  for (const { verdict, reason } of outcomes.values()) {
    if (verdict !== 'skip') sum.willSend += 1;
    else if (
      reason !== null &&
      reason in sum &&
      reason !== 'quiet_hours' &&
      reason !== 'paused' &&
      reason !== 'campaign_cancelled' &&
      reason !== 'journey_ended'
    )
      sum[reason] += 1;
  }
  return sum;
}
