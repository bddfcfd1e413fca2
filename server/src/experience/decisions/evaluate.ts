import type { ExperienceCaps, ExperienceRequest, LeftOutReason } from '@vitrail/contracts';
import { bucketOf, bucketRanges, variationAt } from '../assignment/index.ts';
import { type Answered, whatToAsk } from '../capture/whatToAsk.ts';
import { type Facts, holds } from './facts.ts';
import type { WallClock } from './moment.ts';
import { isOpen } from './schedule.ts';

/** An experience that runs, as a process holds it. */
export interface RunningExperience {
  readonly id: number;
  readonly key: string;
  readonly version: number;
  readonly definition: ExperienceRequest;
  readonly segments: readonly number[];
  readonly exclude: readonly number[];
}

/** What a customer saw of an experience, over all their devices. Times in ms. */
export interface Seen {
  readonly variant: string;
  readonly views: number;
  readonly recent: readonly number[];
  readonly visit: string | null;
  readonly visitViews: number;
  readonly clickedAt: number | null;
  readonly closedAt: number | null;
}

export interface Visitor {
  /** What is hashed for the variant: the person once known, else the device. Null: nobody we may tell apart. */
  readonly unit: string | null;
  /** Known by more than the id of a device. */
  readonly known: boolean;
  readonly segments: ReadonlySet<number>;
  readonly seen: ReadonlyMap<number, Seen>;
  /** Of what is asked only while it is unknown. */
  readonly answered: Answered;
  readonly mayPersonalise: boolean;
}

export interface Situation {
  readonly site: string | null;
  readonly visit: string | null;
  readonly facts: Facts;
  readonly now: Date;
  /** By the workspace's clock, for schedules. */
  readonly clock: WallClock;
}

export interface Decided {
  readonly experience: RunningExperience;
  /** Null: of the control group. */
  readonly variant: ExperienceRequest['variants'][number] | null;
}

export interface LeftOut {
  readonly experience: RunningExperience;
  readonly reason: LeftOutReason;
  readonly detail: string;
}

/**
 * What a visitor gets here and now. Pure; `experiences` stand in order of importance. Of a group only the first that is due
 * shows, and a control group holds its place: else those who see nothing would see more of the rest, and compare badly.
 */
export function evaluate(
  experiences: readonly RunningExperience[],
  visitor: Visitor,
  situation: Situation,
): { decided: Decided[]; leftOut: LeftOut[] } {
  const decided: Decided[] = [];
  const leftOut: LeftOut[] = [];
  const taken = new Set<string>();
  for (const experience of experiences) {
    const { group } = experience.definition;
    const why =
      whyNot(experience, visitor, situation) ??
      (group !== null && taken.has(group) ? { reason: 'group' as const, detail: group } : null);
    if (why !== null) {
      leftOut.push({ experience, ...why });
      continue;
    }
    const variant = variantFor(experience, visitor);
    const answeredAt = visitor.seen.get(experience.id)?.clickedAt ?? null;
    const asked = variant === null ? null : whatToAsk(variant.content, answeredAt, visitor.answered, situation.now);
    if (asked !== null && 'reason' in asked) {
      leftOut.push({ experience, ...asked });
      continue;
    }
    if (group !== null) taken.add(group);
    decided.push({ experience, variant: variant === null || asked === null ? null : { ...variant, ...asked } });
  }
  return { decided, leftOut };
}

type Why = { readonly reason: LeftOutReason; readonly detail: string };

function whyNot(experience: RunningExperience, visitor: Visitor, situation: Situation): Why | null {
  const { definition } = experience;
  if (definition.site !== null && definition.site !== situation.site)
    return { reason: 'other_site', detail: definition.site };
  if (!isOpen(definition.schedule, situation.now, situation.clock)) return { reason: 'not_scheduled', detail: '' };
  const failing = definition.when.find((condition) => !holds(condition, situation.facts));
  if (failing !== undefined) return { reason: 'condition', detail: failing.field };
  if (!visitor.mayPersonalise) return isPersonal(definition) ? { reason: 'no_consent', detail: '' } : null;
  const { visitors } = definition.audience;
  if (visitors !== 'all' && (visitors === 'known') !== visitor.known) return { reason: 'visitors', detail: visitors };
  if (experience.segments.length > 0 && !experience.segments.some((segment) => visitor.segments.has(segment)))
    return { reason: 'not_in_segment', detail: experience.segments.join(', ') };
  const excluded = experience.exclude.find((segment) => visitor.segments.has(segment));
  if (excluded !== undefined) return { reason: 'excluded', detail: String(excluded) };
  const seen = visitor.seen.get(experience.id);
  return seen === undefined ? null : whyNotAgain(definition.caps, seen, situation);
}

/** Whether deciding it takes knowing who somebody is, or telling one visitor from another. */
function isPersonal({ audience, variants, control }: ExperienceRequest): boolean {
  const { segments, exclude, visitors } = audience;
  const asksUnknown = variants.some(({ content }) => content.kind === 'form' && content.ask === 'unknown');
  return (
    asksUnknown || segments.length > 0 || exclude.length > 0 || visitors !== 'all' || variants.length > 1 || control > 0
  );
}

const dayMs = 86_400_000;

function whyNotAgain(caps: ExperienceCaps, seen: Seen, { now, visit }: Situation): Why | null {
  const within = (at: number | null, days: number | undefined): boolean =>
    at !== null && days !== undefined && now.getTime() - at < days * dayMs;
  if (within(seen.closedAt, caps.afterClose?.days)) return { reason: 'closed', detail: '' };
  if (within(seen.clickedAt, caps.afterClick?.days)) return { reason: 'clicked', detail: '' };
  if (caps.perPerson !== undefined && seen.views >= caps.perPerson) return { reason: 'capped', detail: 'person' };
  const sameVisit = visit !== null && visit === seen.visit;
  if (caps.perVisit !== undefined && sameVisit && seen.visitViews >= caps.perVisit)
    return { reason: 'capped', detail: 'visit' };
  const { perPeriod } = caps;
  if (perPeriod === undefined) return null;
  const views = seen.recent.filter((at) => within(at, perPeriod.days)).length;
  return views >= perPeriod.times ? { reason: 'capped', detail: 'period' } : null;
}

/** The variant first seen stays, on every device of a person. */
function variantFor({ id, key, definition }: RunningExperience, visitor: Visitor): Decided['variant'] {
  const { variants, control } = definition;
  const [only] = variants;
  if (visitor.unit === null || !visitor.mayPersonalise) return only ?? null;
  const first = visitor.seen.get(id)?.variant;
  if (first === '' && control > 0) return null;
  const kept = variants.find((variant) => variant.key === first);
  if (kept !== undefined) return kept;
  if (control > 0 && bucketOf(`${key}/control`, visitor.unit) < control) return null;
  const ranges = bucketRanges(
    variants.length,
    1,
    variants.map(({ weight }) => weight),
  );
  return variants[Math.max(0, variationAt(bucketOf(key, visitor.unit), ranges))] ?? null;
}
