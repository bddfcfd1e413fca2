import type { ExperienceReport } from '@vitrail/contracts';
import { type ArmSums, compareArms, correctPValues } from '../statistics/index.ts';

type Variants = ExperienceReport['variants'];

/** Fewer people on a side, or fewer buyers in all, tell nothing: the interval leans on large numbers. */
const fewestPeople = 100;
const fewestBuyers = 10;

/** A person bought or did not: their square is the same. */
const armOf = ({ people, buyers }: Variants[number]): ArmSums => ({ people, y: buyers, yy: buyers });

/** Before the number of comparisons is known. */
type Compared = Omit<ExperienceReport['comparisons'][number], 'corrected'>;

/** Whether more people bought than of those who saw nothing; variants with too few people are left out. */
export function compareVariants(variants: Variants): Compared[] {
  const control = variants.find(({ variant }) => variant === '');
  if (control === undefined || control.people < fewestPeople) return [];
  const compared = variants.filter(
    ({ variant, people, buyers }) =>
      variant !== '' && people >= fewestPeople && buyers + control.buyers >= fewestBuyers,
  );
  const { arms } = compareArms([control, ...compared].map(armOf), {
    type: 'share',
    goal: 'increase',
    alpha: 0.05,
    cuped: false,
  });
  return compared.flatMap(({ variant }, at) => {
    const arm = arms[at + 1];
    if (arm?.difference == null || arm.sequential === null) return [];
    const { relative, value } = arm.difference;
    const { low, high, pValue } = arm.sequential;
    return [{ variant, relative, value, low, high, pValue }];
  });
}

/** With p-values for as many comparisons as are shown together: who looks at many groups finds something in one of them. */
export function correctTogether(lists: readonly (readonly Compared[])[]): ExperienceReport['comparisons'][] {
  const corrected = correctPValues(
    lists.flat().map(({ pValue }) => pValue),
    'family_wise',
  );
  let next = 0;
  return lists.map((list) => list.map((each) => ({ ...each, corrected: corrected[next++] ?? 1 })));
}
