import type { SegmentExplanation, SegmentNode, SegmentPreview } from '@vitrail/contracts';
import { decodeProfileId, encodeProfileId } from '../../collect/index.ts';
import { ChError, type Deps, Fault } from '../../platform/index.ts';
import { readSettings } from '../analytics/sql/stats.pg.ts';
import { type Catalogs, compileAlone } from './catalog.ts';
import { assembleExplanation, assemblePreview } from './compile/assemble.ts';
import { atMoment } from './compile/features.ts';
import { listParts, namesOf, sayPart, sayWhole } from './describe.ts';
import { neverMs } from './evaluate.ts';
import { tryPatterns } from './sql/memberships.ch.ts';
import { listMembersOf } from './sql/memberships.pg.ts';

type AskDeps = Pick<Deps, 'pg' | 'ch' | 'clock'> & { readonly catalogs: Catalogs };

const sampleSize = 12;
/** A person waits for this. */
export const askSettings = { max_execution_time: 20, max_memory_usage: 2_000_000_000 };

/** ClickHouse's code for a pattern that RE2 cannot compile. */
const badPatternCode = 427;

/** Regular expressions in a definition, wherever they stand in it. */
function patternsOf(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];
  const own =
    'op' in part && part.op === 'matches' && 'value' in part && typeof part.value === 'string' ? [part.value] : [];
  return [...own, ...Object.values(part).flatMap(patternsOf)];
}

/** Refuses patterns that cannot be run, before anybody's events meet them, and says which. */
export async function checkPatterns({ ch }: Pick<Deps, 'ch'>, definition: SegmentNode): Promise<void> {
  const patterns = patternsOf(definition);
  const accepts = (some: readonly string[]): Promise<boolean> =>
    ch
      .rows(tryPatterns, { patterns: some.map((pattern) => `(?i)${pattern}`) })
      .then(() => true)
      .catch(refusesPattern);
  if (patterns.length === 0 || (await accepts(patterns))) return;
  for (const pattern of patterns) {
    if (await accepts([pattern])) continue;
    throw new Fault(
      'invalid',
      'decide.pattern_invalid',
      `The regular expression “${pattern.slice(0, 100)}” is not valid. Patterns follow RE2: no look-around and no back-references.`,
      { details: { pattern } },
    );
  }
}

/** What only the engine can tell of a pattern. */
function refusesPattern(error: unknown): false {
  if (error instanceof ChError && error.code === badPatternCode) return false;
  throw error;
}

/** The exact count of a definition for everybody, now, in total and part by part. Nothing is stored. */
export async function previewSegment(
  deps: AskDeps,
  input: { workspace: number; definition: SegmentNode; sql: boolean; signal?: AbortSignal },
): Promise<SegmentPreview> {
  const { workspace, definition } = input;
  const catalog = await deps.catalogs.get(workspace);
  const { compiled, features } = compileAlone(catalog, definition, { moments: false });
  await checkPatterns(deps, definition);
  const { query, values } = assemblePreview(compiled, features, sampleSize);
  const started = performance.now();
  const now = deps.clock.now();
  const [row] = await deps.ch.rows(
    { ...query, text: atMoment(query.text, now) },
    { ...values, workspace },
    { settings: askSettings, ...(input.signal !== undefined && { signal: input.signal }) },
  );
  const currency = (await deps.pg.row(readSettings, { workspace }))?.base_currency ?? 'EUR';
  return {
    count: row?.alone[0] ?? 0,
    total: row?.total ?? 0,
    sample: (row?.sample ?? []).map(encodeProfileId),
    conditions: compiled.map(({ path }, index) => ({
      path,
      count: row?.alone[index] ?? 0,
      together: row?.together[index] ?? 0,
    })),
    sentence: sayWhole(definition, namesOf(catalog, currency)),
    at: now.toISOString(),
    ms: Math.round(performance.now() - started),
    ...(input.sql && { sql: atMoment(query.text, now).trim() }),
  };
}

/** Why a person passes a definition or not, part by part. Throws `not_found` for a profile that is not there. */
export async function explainSegment(
  deps: AskDeps,
  input: { workspace: number; definition: SegmentNode; profile: string; masked: boolean },
): Promise<SegmentExplanation> {
  const { workspace, definition } = input;
  const profile = decodeProfileId(input.profile);
  const rows = profile === null ? [] : await deps.pg.rows(listMembersOf, { workspace, profiles: [profile] });
  const [first] = rows;
  if (first === undefined) {
    throw new Fault('not_found', 'decide.profile_not_found', 'There is no such profile in this workspace.');
  }
  const catalog = await deps.catalogs.get(workspace);
  const { compiled, features } = compileAlone(catalog, definition);
  await checkPatterns(deps, definition);
  const { query, values } = assembleExplanation(compiled, features);
  const now = deps.clock.now();
  const people = {
    people: [first.root_id],
    members: rows.map(({ id }) => id),
    roots: rows.map(({ root_id }) => root_id),
  };
  const [row] = await deps.ch.rows(
    { ...query, text: atMoment(query.text, now) },
    { ...values, ...people, workspace },
    { settings: askSettings },
  );
  const currency = (await deps.pg.row(readSettings, { workspace }))?.base_currency ?? 'EUR';
  const names = namesOf(catalog, currency);
  const parts = listParts(definition);
  return {
    member: row?.pass[0] === 1,
    at: now.toISOString(),
    next: row === undefined || row.next >= neverMs ? null : new Date(row.next).toISOString(),
    conditions: compiled.map(({ path, found }, index) => {
      const part = parts[index]?.node ?? definition;
      const personal = input.masked && part.kind === 'trait';
      return {
        path,
        pass: row?.pass[index] === 1,
        found: found === null ? null : personal ? '•••••' : (row?.found[index] ?? ''),
        sentence: sayPart(part, names),
      };
    }),
  };
}
