import type { MatchExplanation } from '@vitrail/contracts';

type Step = MatchExplanation['steps'][number];

/** From where to where the sum went with one step, in bits. */
export interface Span {
  readonly from: number;
  readonly to: number;
}
export interface WaterfallRow {
  readonly step: Step;
  readonly stranger: Span;
  readonly household: Span;
}
export interface Waterfall {
  readonly rows: readonly WaterfallRow[];
  /** Fields that could not be compared and weigh nothing. */
  readonly silent: readonly string[];
  /** The whole range, with zero in it. */
  readonly min: number;
  readonly max: number;
}

const isSilent = ({ kind, level, stranger, household }: Step): boolean =>
  kind === 'comparison' && level === 'missing' && stranger === 0 && household === 0;

/** The steps as bars that go on where the one before ended. Steps that weigh nothing are only named. */
export function layWaterfall(explanation: Pick<MatchExplanation, 'steps'>): Waterfall {
  const rows: WaterfallRow[] = [];
  const told = new Set<string>();
  const silent = new Set<string>();
  let [stranger, household] = [0, 0];
  for (const step of explanation.steps) {
    if (isSilent(step)) {
      silent.add(step.field);
      continue;
    }
    told.add(step.field);
    rows.push({
      step,
      stranger: { from: stranger, to: stranger + step.stranger },
      household: { from: household, to: household + step.household },
    });
    stranger += step.stranger;
    household += step.household;
  }
  const ends = rows.flatMap((row) => [row.stranger.to, row.household.to]);
  return {
    rows,
    // An e-mail is four comparisons of which a pair takes one: the other three say nothing about it.
    silent: [...silent].filter((field) => !told.has(field)),
    min: Math.min(0, ...ends),
    max: Math.max(0, ...ends),
  };
}
