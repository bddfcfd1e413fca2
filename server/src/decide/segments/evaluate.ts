import type { SegmentNode } from '@vitrail/contracts';
import { ChError, type ChValues, type Deps, Fault } from '../../platform/index.ts';
import { type Catalog, compileTogether, type StandingSegment } from './catalog.ts';
import type { evaluationRow } from './compile/assemble.ts';
import { atMoment } from './compile/features.ts';
import { never } from './compile/moment.ts';

export type Evaluation = ChValues<typeof evaluationRow>;
export const neverMs = Number(never);

/** People asked about in one query: above this, memory and the wait of others grow and nothing is gained. */
const peoplePerQuery = 2_000;
/** Longer than this and the segments are asked in halves, to find the one that takes so long. */
const touchSeconds = 30;

/** The profile rows of some customers: three lists that belong together. */
export interface People {
  readonly people: readonly number[];
  readonly members: readonly number[];
  readonly roots: readonly number[];
}

/** Compiled touch queries by catalog: compiling a hundred segments takes longer than asking them. */
const compiledTouches = new WeakMap<Catalog, Map<string, ReturnType<typeof compileTogether>>>();

function compileTouch(catalog: Catalog, segments: readonly StandingSegment[]) {
  let known = compiledTouches.get(catalog);
  if (known === undefined) {
    known = new Map();
    compiledTouches.set(catalog, known);
  }
  const key = segments.map(({ id, version }) => `${id}.${version}`).join(' ');
  let query = known.get(key);
  if (query === undefined) {
    query = compileTogether(catalog, segments, 'people');
    known.set(key, query);
  }
  return query;
}

/** What ClickHouse says of a text that it can never run: a pattern, or too much of it. */
const refusedCodes: ReadonlySet<number> = new Set([62, 167, 168, 306, 427]);

/** Whether it is the segments asked about that fail, and not the engine: they take too long, or cannot be asked at all. */
export const areAtFault = (error: unknown): boolean =>
  error instanceof Fault
    ? error.kind === 'invalid' || error.code === 'platform.analytics_too_heavy'
    : error instanceof ChError && refusedCodes.has(error.code);

/** Groups profile rows into chunks of whole customers. */
export function* chunkPeople(rows: readonly { id: number; root_id: number }[]): Generator<People> {
  const byRoot = new Map<number, number[]>();
  for (const { id, root_id } of rows) {
    const members = byRoot.get(root_id);
    if (members === undefined) byRoot.set(root_id, [id]);
    else members.push(id);
  }
  const customers = [...byRoot];
  for (let from = 0; from < customers.length; from += peoplePerQuery) {
    const chunk = customers.slice(from, from + peoplePerQuery);
    yield {
      people: chunk.map(([root]) => root),
      members: chunk.flatMap(([, members]) => members),
      roots: chunk.flatMap(([root, members]) => members.map(() => root)),
    };
  }
}

/**
 * Asks which of the segments these people are in now. Segments that take too long by themselves, or cannot be asked, come
 * back in `tooHeavy`, and their memberships are left as they are; the others do not wait for them.
 */
export async function evaluatePeople(
  deps: Pick<Deps, 'ch'>,
  catalog: Catalog,
  segments: readonly StandingSegment[],
  { workspace, now, people }: { workspace: number; now: Date; people: People },
): Promise<{ answers: Evaluation[]; tooHeavy: StandingSegment[] }> {
  if (segments.length === 0) return { answers: [], tooHeavy: [] };
  const slow = segments.filter(({ definition }) => definition !== null && hasSequence(definition));
  if (slow.length > 0 && slow.length < segments.length) {
    const quick = segments.filter((segment) => !slow.includes(segment));
    return evaluateParts(deps, catalog, [slow, quick], { workspace, now, people });
  }
  try {
    const { query, values } = compileTouch(catalog, segments);
    const answers = await deps.ch.rows(
      { ...query, text: atMoment(query.text, now) },
      { ...values, ...people, workspace },
      { lane: 'interactive', settings: { max_execution_time: touchSeconds } },
    );
    return { answers, tooHeavy: [] };
  } catch (error) {
    if (!areAtFault(error)) throw error;
    if (segments.length === 1) return { answers: [], tooHeavy: [...segments] };
    const half = Math.ceil(segments.length / 2);
    const halves = [segments.slice(0, half), segments.slice(half)];
    return evaluateParts(deps, catalog, halves, { workspace, now, people });
  }
}

/** Asks about several groups of segments at once. */
async function evaluateParts(
  deps: Pick<Deps, 'ch'>,
  catalog: Catalog,
  parts: readonly (readonly StandingSegment[])[],
  asked: { workspace: number; now: Date; people: People },
): Promise<{ answers: Evaluation[]; tooHeavy: StandingSegment[] }> {
  const found = await Promise.all(parts.map((part) => evaluatePeople(deps, catalog, part, asked)));
  return {
    answers: mergeAnswers(found.flatMap(({ answers }) => answers)),
    tooHeavy: found.flatMap(({ tooHeavy }) => tooHeavy),
  };
}

/** Half of the analysis of a query with sequences is theirs: asked beside the others, it runs on the second core. */
function hasSequence(node: SegmentNode): boolean {
  switch (node.kind) {
    case 'all':
    case 'any':
      return node.of.some(hasSequence);
    case 'not':
      return hasSequence(node.of);
    default:
      return node.kind === 'sequence';
  }
}

function mergeAnswers(answers: readonly Evaluation[]): Evaluation[] {
  const merged = new Map<number, Evaluation>();
  for (const answer of answers) {
    const { person, segments, next } = answer;
    const known = merged.get(person);
    merged.set(
      person,
      known === undefined
        ? answer
        : { person, segments: [...known.segments, ...segments], next: Math.min(known.next, next) },
    );
  }
  return [...merged.values()];
}
