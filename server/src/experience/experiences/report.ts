import { type ExperienceReport, experienceRequestSchema } from '@vitrail/contracts';
import { type Deps, Fault } from '../../platform/index.ts';
import { compareVariants, correctTogether } from './compareVariants.ts';
import { compileVariants, type ReportGrouping } from './compileVariants.ts';
import { findExperience, readWorkspace } from './sql/experiences.pg.ts';
import { readCost, readDays } from './sql/report.ch.ts';

type ReportDeps = Pick<Deps, 'pg' | 'ch' | 'clock'>;
type Variants = ExperienceReport['variants'];

/** Orders count for so long after somebody first saw it. */
const windowDays = 7;
const dayMs = 86_400_000;
const none = { people: 0, views: 0, clicks: 0, closes: 0, answers: 0, buyers: 0, orders: 0, revenue: 0 };

/** What an experience brought in the last days. Variants that nobody saw yet stand with zeros. Throws `not_found`. */
export async function readReport(
  deps: ReportDeps,
  workspace: number,
  id: number,
  { days, by }: { readonly days: number; readonly by?: string | undefined },
): Promise<ExperienceReport> {
  const row = await deps.pg.row(findExperience, { workspace, id });
  if (row === null)
    throw new Fault('not_found', 'experience.not_found', 'There is no such experience in this workspace.');
  const { variants, control } = experienceRequestSchema.parse(row.definition);
  const expected = [...variants.map(({ key }) => key), ...(control > 0 ? [''] : [])];
  const at = deps.clock.now();
  const since = at.getTime() - days * dayMs;
  const settings = await deps.pg.row(readWorkspace, { workspace });
  const zone = settings?.time_zone ?? 'UTC';
  const asked = { workspace, key: row.key, since };
  const [all, groups, byDay, cost] = await Promise.all([
    readGroups(deps, asked, { by: 'nothing' }, expected),
    by === undefined ? [] : readGroups(deps, asked, groupingOf(by), expected),
    deps.ch.rows(readDays, { ...asked, zone }),
    deps.ch.rows(readCost, asked),
  ]);
  const whole = all[0]?.variants ?? inOrder(expected.map((variant) => ({ variant, ...none })));
  // The whole is corrected for itself, groups for all of them together.
  const [comparisons = []] = correctTogether([compareVariants(whole)]);
  const compared = correctTogether(groups.map((group) => compareVariants(group.variants)));
  return {
    currency: settings?.base_currency ?? '',
    windowDays,
    variants: whole,
    comparisons,
    groups: groups.map((group, index) => ({ ...group, comparisons: compared[index] ?? [] })),
    cost: costOf(cost[0]),
    days: [...byDay],
    at: at.toISOString(),
  };
}

/** Always the same, those who see nothing first. */
const inOrder = (variants: Variants): Variants =>
  variants.toSorted((one, other) => (one.variant < other.variant ? -1 : 1));

function groupingOf(by: string): ReportGrouping {
  const [kind, segment] = by.split(':');
  return kind === 'segment' ? { by: 'segment', segment: Number(segment) } : { by: 'device' };
}

/** By group, the largest first; each with every variant. */
async function readGroups(
  { ch }: ReportDeps,
  asked: { workspace: number; key: string; since: number },
  grouping: ReportGrouping,
  expected: readonly string[],
): Promise<{ group: string; variants: Variants }[]> {
  const { query, values } = compileVariants({ ...asked, days: windowDays }, grouping);
  const groups = new Map<string, Map<string, Variants[number]>>();
  for (const { group, ...result } of await ch.rows(query, values)) {
    const known = groups.get(group) ?? new Map(expected.map((variant) => [variant, { variant, ...none }]));
    groups.set(group, known.set(result.variant, result));
  }
  const size = (variants: Variants): number => variants.reduce((sum, { people }) => sum + people, 0);
  return [...groups]
    .map(([group, known]) => ({ group, variants: inOrder([...known.values()]) }))
    .toSorted((one, other) => size(other.variants) - size(one.variants) || (one.group < other.group ? -1 : 1));
}

interface Measured {
  readonly pages: number;
  readonly waits: number;
  readonly wait: readonly number[];
  readonly apply: readonly number[];
}

const costOf = (row: Measured | undefined): ExperienceReport['cost'] => {
  const spread = (measured: number, [p50 = 0, p95 = 0]: readonly number[]) => (measured === 0 ? null : { p50, p95 });
  return row === undefined
    ? { pages: 0, wait: null, apply: null }
    : { pages: row.pages, wait: spread(row.waits, row.wait), apply: spread(row.pages, row.apply) };
};
