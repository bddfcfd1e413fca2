import type { SampleHelper, sampleHelperQuerySchema } from '@vitrail/contracts';
import type { z } from 'zod';
import { Fault } from '../../platform/index.ts';
import { sizeForMean, sizeForSequential, sizeForShare } from '../statistics/index.ts';

/** How many people, and days, it takes. A share without a deviation; a mean with one. */
export function planSample(query: z.infer<typeof sampleHelperQuerySchema>): SampleHelper {
  const { baseline, deviation, effect, power, confidence, arms, peoplePerDay } = query;
  const alpha = Math.round((1 - confidence) * 1e6) / 1e6;
  if (deviation === undefined && baseline * (1 + effect) >= 1)
    throw new Fault(
      'invalid',
      'experience.share_too_large',
      'With this change more than everybody would do it. Give a share below 1 (0.05 for 5 %), or the deviation of a mean.',
    );
  const variance = deviation === undefined ? baseline * (1 - baseline) : deviation ** 2;
  const plan = { mean: baseline, variance, effect, alpha, power };
  const once = deviation === undefined ? sizeForShare(baseline, effect, alpha, power) : sizeForMean(plan);
  const sequential = sizeForSequential(plan);
  const daysFor = (people: number): number | null =>
    peoplePerDay === undefined ? null : Math.ceil((people * arms) / peoplePerDay);
  return { once, sequential, days: daysFor(sequential), onceDays: daysFor(once) };
}
