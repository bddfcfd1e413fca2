import type { SampleRatio } from './sampleRatio.ts';

export const verdictCodes = [
  'not_started',
  'sample_ratio',
  'too_few',
  'guardrail',
  'winner',
  'loser',
  'same',
  'undecided',
  'inconclusive',
] as const;
export type VerdictCode = (typeof verdictCodes)[number];

/** What is known of one variation's main metric against control, in shares of control where it can be. */
export interface Finding {
  readonly variation: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** A share of control; else in the unit of the metric, when control has nothing. */
  readonly relative: boolean;
  readonly decided: boolean;
  readonly goal: 'increase' | 'decrease';
}
export interface Harm {
  readonly variation: number;
  readonly metric: string;
  readonly value: number;
}
export interface Verdict {
  readonly code: VerdictCode;
  /** The variation spoken of, by its place; null when it is not about one. */
  readonly variation: number | null;
  /** Its change against control, with the interval. */
  readonly change: Pick<Finding, 'value' | 'low' | 'high' | 'relative'> | null;
  /** The metric that is harmed. */
  readonly metric: string | null;
}

export interface VerdictInput {
  readonly started: boolean;
  /** No more people come. */
  readonly over: boolean;
  readonly ratio: SampleRatio;
  readonly people: readonly number[];
  readonly findings: readonly Finding[];
  readonly harms: readonly Harm[];
  /** A change smaller than this, either way, does not matter; as a share. */
  readonly relevant: number;
}

/** Below this in any arm no number is worth a sentence. */
const minimumPeople = 100;

const plain = (code: VerdictCode): Verdict => ({ code, variation: null, change: null, metric: null });
const of = (code: VerdictCode, { variation, value, low, high, relative }: Finding): Verdict => ({
  code,
  variation,
  change: { value, low, high, relative },
  metric: null,
});
const isBetter = ({ goal, value }: Finding): boolean => (goal === 'increase' ? value > 0 : value < 0);

/** The one sentence an experiment comes to: what must stop a reader first comes first. */
export function decideVerdict(input: VerdictInput): Verdict {
  const { started, over, ratio, people, findings, harms, relevant } = input;
  if (!started) return plain('not_started');
  if (ratio.alarm) return plain('sample_ratio');
  if (people.some((count) => count < minimumPeople)) return plain(over ? 'inconclusive' : 'too_few');
  const better = findings.filter((finding) => finding.decided && isBetter(finding));
  const best = better.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))[0];
  if (best !== undefined) {
    const harm = harms.find(({ variation }) => variation === best.variation);
    return harm === undefined ? of('winner', best) : { ...of('guardrail', best), metric: harm.metric };
  }
  const harm = harms[0];
  if (harm !== undefined) {
    const finding = findings.find(({ variation }) => variation === harm.variation);
    return finding === undefined
      ? { ...plain('guardrail'), variation: harm.variation, metric: harm.metric }
      : { ...of('guardrail', finding), metric: harm.metric };
  }
  const worse = findings.filter((finding) => finding.decided && !isBetter(finding));
  const worst = worse.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))[0];
  if (worst !== undefined && worse.length === findings.length) return of('loser', worst);
  const alike = findings.length > 0 && findings.every(({ low, high }) => low > -relevant && high < relevant);
  const widest = findings.toSorted((a, b) => b.high - b.low - (a.high - a.low))[0];
  if (alike && widest !== undefined) return of('same', widest);
  return plain(over ? 'inconclusive' : 'undecided');
}
