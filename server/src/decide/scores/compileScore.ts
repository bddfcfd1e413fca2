import type { ScoreDefinition, ScoreSignal } from '@vitrail/contracts';
import { compileEventMatch } from '../segments/compile/eventCondition.ts';
import type { Features, Source } from '../segments/compile/features.ts';
import type { CompiledCondition } from '../segments/compile/measure.ts';
import { boundsOf, earliest, never, now } from '../segments/compile/moment.ts';
import { compileOrderMatch } from '../segments/compile/orderCondition.ts';
import {
  compileConsent,
  compileIdentifier,
  compileProfile,
  compileTrait,
} from '../segments/compile/personCondition.ts';

/** One signal as SQL over the columns of a person. */
export interface CompiledSignal {
  /** Float64: points given or taken, the cap applied. */
  readonly points: string;
  /** UInt64, or null for a fact. */
  readonly matches: string | null;
  /** Milliseconds; null when its points do not fade. */
  readonly halfLife: number | null;
  readonly gives: boolean;
  /** Int64 milliseconds: when its points change at once: a match leaves its window, a fact turns. */
  readonly next: string;
}

export interface CompiledScore {
  /** Float64, to six decimals. */
  readonly value: string;
  readonly signals: readonly CompiledSignal[];
  /** Int64 milliseconds before which the score passes none of these thresholds by time alone. */
  next(thresholds: readonly number[]): string;
}

const dayMs = 86_400_000;

/** Compiles a score over `features`, for segments, profiles and previews alike. */
export function compileScore(definition: ScoreDefinition, features: Features, zone: string): CompiledScore {
  const signals = definition.signals.map((signal) => compileSignal(signal, features, zone));
  const { params } = features;
  const exact = sum(signals.map(({ points }) => points));
  const atLeast = definition.min === null ? exact : `greatest(${exact}, ${params.number(definition.min)})`;
  const clamped = definition.max === null ? atLeast : `least(${atLeast}, ${params.number(definition.max)})`;
  return {
    value: `round(${clamped}, 6)`,
    signals,
    next: (thresholds) =>
      earliest([...signals.map(({ next }) => next), ...nextOfFading(signals, thresholds, features)]),
  };
}

const sum = (parts: readonly string[]): string => (parts.length === 0 ? '0.' : `(${parts.join(' + ')})`);

function compileSignal(signal: ScoreSignal, features: Features, zone: string): CompiledSignal {
  const { params } = features;
  if (signal.kind === 'fact') {
    const { pass, next } = compileFact(signal.test, features, zone);
    const points = `if(${pass}, ${params.number(signal.points)}, 0.)`;
    return { points, matches: null, halfLife: null, gives: signal.points > 0, next };
  }
  const { source, cheap, dear } = matchOf(signal, features, zone);
  const { conditions: timed, lasts } = boundsOf(
    signal.withinDays === null ? { kind: 'ever' } : { kind: 'last', n: signal.withinDays, unit: 'day' },
    zone,
  );
  const ask = (of: string, over?: string): string =>
    features.add(source, { of, cheap, dear, timed, ...(over !== undefined && { over }) });
  const matches = ask('count');
  const halfLife = signal.halfLifeDays === null ? null : signal.halfLifeDays * dayMs;
  const weight = halfLife === null ? matches : ask('sum', `exp2(-greatest(0, ${now} - at) / ${halfLife})`);
  const raw = `${params.number(signal.points)} * ${weight}`;
  const oldest = lasts === null ? null : ask('min', 'at');
  return {
    points: capped(raw, signal, params),
    matches,
    halfLife,
    gives: signal.points > 0,
    next: oldest === null ? never : `if(${oldest} = 0, ${never}, ${oldest} + ${lasts})`,
  };
}

function capped(
  raw: string,
  { cap, points }: { cap: number | null; points: number },
  params: Features['params'],
): string {
  if (cap === null) return `(${raw})`;
  return points > 0 ? `least(${raw}, ${params.number(cap)})` : `greatest(${raw}, ${params.number(-cap)})`;
}

function matchOf(
  signal: Exclude<ScoreSignal, { kind: 'fact' }>,
  features: Features,
  zone: string,
): { source: Source; cheap: readonly string[]; dear: readonly string[] } {
  if (signal.kind === 'order') return { source: 'orders', cheap: [], dear: compileOrderMatch(signal.match, features) };
  return { source: 'events', ...compileEventMatch(signal.match, features.params, zone) };
}

type Fact = Extract<ScoreSignal, { kind: 'fact' }>['test'];

function compileFact(test: Fact, features: Features, zone: string): CompiledCondition {
  switch (test.kind) {
    case 'trait':
      return compileTrait(test, features, zone);
    case 'consent':
      return compileConsent(test, features);
    case 'identifier':
      return compileIdentifier(test, features);
    case 'profile':
      return compileProfile(test, features, zone);
  }
}

/** Half of the last decimal of a score: a value is equal to a threshold within this. */
const grain = 0.0000005;
/** A crossing is looked for no more often than this. */
const shortestMs = 250;

/**
 * Fading points have lost nothing faster than the shortest half-life says: after a time t, each is still at least
 * 2^(-t / shortest) of what it is now. So the score cannot have fallen to a threshold before the giving points alone would
 * have brought it there, nor risen to it before the taking points alone. With one half-life and no cap that is the exact
 * moment; else the question is asked again then, each time nearer.
 */
function nextOfFading(
  signals: readonly CompiledSignal[],
  thresholds: readonly number[],
  { params }: Features,
): string[] {
  const fading = signals.filter(({ halfLife }) => halfLife !== null);
  if (fading.length === 0) return [];
  const shortest = Math.min(...fading.map(({ halfLife }) => halfLife ?? Number.POSITIVE_INFINITY));
  const fixed = sum(signals.filter(({ halfLife }) => halfLife === null).map(({ points }) => points));
  const gives = sum(fading.filter((signal) => signal.gives).map(({ points }) => points));
  const takes = sum(fading.filter((signal) => !signal.gives).map(({ points }) => points));
  const wait = (ratio: string): string =>
    `${now} + toInt64(greatest(${shortestMs}, least(1e13, ceil(ifNotFinite(${shortest} * log2(${ratio}), 1e13)))))`;
  return thresholds.flatMap((threshold) =>
    [threshold - grain, threshold + grain].map((edge) => {
      const at = params.number(edge);
      const low = `(${at} - ${fixed} - ${takes})`;
      const high = `(${at} - ${fixed} - ${gives})`;
      return `multiIf(
        ${fixed} + ${gives} + ${takes} >= ${at}, if(${gives} > 0 and ${low} > 0, ${wait(`${gives} / ${low}`)}, ${never}),
        ${takes} < 0 and ${high} < 0, ${wait(`${takes} / ${high}`)}, ${never})`;
    }),
  );
}
