import type { LookalikeReason } from '@vitrail/contracts';
import { z } from 'zod';
import type { ChQuery, ChShape, ChValues, Deps } from '../../platform/index.ts';
import { readHabitRun } from '../habits/sql/habits.pg.ts';
import { readLines } from '../recommend/engine/readModel.ts';
import { markReferences } from '../references/changeReferences.ts';
import { applySegmentsNow } from '../segments/jobs.ts';
import { compileTraits, type Trait, type TraitValues } from './compileTraits.ts';
import { learnInThread } from './learnInThread.ts';
import { deleteFormerLookalikes, listTraitValues } from './sql/lookalikes.ch.ts';
import { markLookalikeRunning, refuseLookalike, useLookalikeRun } from './sql/lookalikes.pg.ts';

type LookalikeDeps = Pick<Deps, 'pg' | 'ch' | 'clock' | 'jobs'>;

/** Fewer seeds teach nothing. */
export const fewestSeeds = 50;
const mostSeeds = 3_000;
/** Others beside each seed of the sample. */
const othersPerSeed = 5;
/** The widest reach. */
const widest = 0.5;
const strongest = 12;

/**
 * Learns what the people of a segment have in common, and puts everyone else in order of likeness. The former scoring stays in
 * use until the new one is whole, and when there can be none. Repeatable. `waiting`: the segment was not counted yet.
 */
export async function scoreLookalike(deps: LookalikeDeps, workspace: number, id: number): Promise<'ended' | 'waiting'> {
  const row = await deps.pg.row(markLookalikeRunning, { workspace, id });
  if (row === null) return 'ended';
  if (row.state === 'queued') return 'waiting';
  const at = deps.clock.now();
  const run = Math.max(at.getTime(), (row.run_id ?? 0) + 1);
  const traits = compileTraits(await readValues(deps, workspace));
  const population = new Population(deps.ch, { workspace, segment: row.segment_id, now: at.getTime(), traits });
  const { seeds, others } = await population.count();
  const refuse = async (reason: LookalikeReason): Promise<'ended'> => {
    await deps.pg.run(refuseLookalike, { workspace, id, state: 'refused', reason, seeds, candidates: others });
    return 'ended';
  };
  if (seeds < fewestSeeds) return refuse('too_few_seeds');
  if (others < seeds / 10 || others < fewestSeeds) return refuse('everybody_is_a_seed');
  const learnt = await learnInThread(await population.sample(seeds, others));
  if (learnt === null) return refuse('nothing_tells_them_apart');
  await population.score(id, run, learnt.weights);
  const features = traits.traits
    .map((trait, place) => ({ ...trait, weight: learnt.strengths[place] ?? 0 }))
    .filter(({ weight }) => Math.abs(weight) > 0.05)
    .toSorted((one, other) => Math.abs(other.weight) - Math.abs(one.weight))
    .slice(0, strongest);
  const { auc, hiddenSeeds, curve } = learnt;
  const result = { quality: { auc, hiddenSeeds, curve: curve.map((each) => ({ ...each })) }, features };
  await deps.pg.transaction(async (tx) => {
    const used = await tx.row(useLookalikeRun, { workspace, id, run, at, seeds, candidates: others, result });
    if (used !== null) await markReferences(tx, workspace, { kind: 'lookalike', id: String(id) });
  });
  await applySegmentsNow(deps);
  await deps.ch.run(deleteFormerLookalikes, { workspace, lookalike: id, run });
  return 'ended';
}

async function readValues(deps: LookalikeDeps, workspace: number): Promise<TraitValues> {
  const habits = (await deps.pg.row(readHabitRun, { workspace }))?.run_id ?? null;
  const rows = await deps.ch.rows(listTraitValues, { workspace, run: habits ?? 0 }, { lane: 'heavy' });
  const of = (name: string): string[] => rows.filter((row) => row.name === name).map(({ value }) => value);
  return {
    categories: of('category'),
    brands: of('brand'),
    countries: of('country'),
    languages: of('language'),
    genders: of('gender'),
    habits,
  };
}

interface Asked {
  readonly workspace: number;
  readonly segment: number;
  readonly now: number;
  readonly traits: {
    readonly text: string;
    readonly traits: readonly Trait[];
    readonly params: { types: ChShape; values: ChValues<ChShape> };
  };
}

/** Everyone of a workspace: the people of the segment, and the others. */
class Population {
  readonly #ch: Deps['ch'];
  readonly #asked: Asked;

  constructor(ch: Deps['ch'], asked: Asked) {
    this.#ch = ch;
    this.#asked = asked;
  }

  async count(): Promise<{ seeds: number; others: number }> {
    const text = `
      select countIf(seed) as seeds, countIf(not seed) as others
      from (
        select profile_id in (${members}) as seed
        from customers final where workspace_id = {workspace:UInt32} and not removed
      )`;
    const { workspace, segment } = this.#asked;
    const query = {
      name: 'decide.countSeeds',
      params: { workspace: 'UInt32', segment: 'UInt32' },
      row: { seeds: 'UInt64', others: 'UInt64' },
      text,
    } as const;
    const [row] = await this.#ch.rows(query, { workspace, segment }, { lane: 'heavy' });
    return { seeds: row?.seeds ?? 0, others: row?.others ?? 0 };
  }

  /** A part of the seeds and a part of the others, the same people each time; a third of both is to be hidden. */
  async sample(seeds: number, others: number) {
    const wanted = Math.min(seeds, mostSeeds);
    const parts = 1_000_000;
    const seedParts = Math.ceil((parts * wanted) / seeds);
    const otherParts = Math.ceil((parts * Math.min(others, wanted * othersPerSeed)) / others);
    const text = `
      select toUInt8(person in (${members})) as seed, toUInt8(halfMD5(concat('hidden', toString(person))) % 3 = 0) as hidden, x
      from (${this.#asked.traits.text})
      where halfMD5(toString(person)) % ${parts} < if(seed, ${seedParts}, ${otherParts})`;
    const width = this.#asked.traits.traits.length;
    const found: { rows: Float64Array[]; seeds: number[]; hidden: number[] } = { rows: [], seeds: [], hidden: [] };
    const stream = this.#ch.stream(this.#query('decide.sampleLikeness', text, {}), this.#values({}), {
      format: 'JSONEachRow',
    });
    for await (const row of readLines(stream, (line) => sampled.parse(line))) {
      found.rows.push(Float64Array.from(row.x));
      found.seeds.push(row.seed);
      found.hidden.push(row.hidden);
    }
    const rows = new Float64Array(found.rows.length * width);
    for (const [index, each] of found.rows.entries()) rows.set(each, index * width);
    return { rows, width, seeds: Uint8Array.from(found.seeds), hidden: Uint8Array.from(found.hidden) };
  }

  /** Writes the likest half of the others. */
  async score(lookalike: number, run: number, weights: readonly number[]): Promise<void> {
    const text = `
      insert into lookalike_people (workspace_id, lookalike_id, profile_id, run_id, place, score)
      select {workspace:UInt32}, {lookalike:UInt32}, person, {run:UInt64}, place, score
      from (
        select person, score, row_number() over (order by score desc, person) / count() over () as place
        from (
          select person, arraySum((value, weight) -> value * weight, x, [${weights.map((weight) => `(${weight})`).join(', ')}]) as score
          from (${this.#asked.traits.text})
          where person not in (${members})
        )
      )
      where place <= ${widest}`;
    await this.#ch.run(
      this.#query('decide.scoreLikeness', text, { lookalike: 'UInt32', run: 'UInt64' }),
      this.#values({ lookalike, run }),
      { lane: 'heavy' },
    );
  }

  #query(name: string, text: string, more: ChShape): ChQuery<ChShape, Record<never, never>> {
    const types: ChShape = {
      ...this.#asked.traits.params.types,
      workspace: 'UInt32',
      segment: 'UInt32',
      now: 'Int64',
      ...more,
    };
    return { name, text, params: types, row: {} };
  }

  #values(more: ChValues<ChShape>): ChValues<ChShape> {
    const { workspace, segment, now, traits } = this.#asked;
    return { ...traits.params.values, workspace, segment, now, ...more };
  }
}

const sampled = z.object({ seed: z.number(), hidden: z.number(), x: z.array(z.number()) });

const members = `
  select profile_id from memberships final
  where workspace_id = {workspace:UInt32} and segment_id = {segment:UInt32} and member`;
