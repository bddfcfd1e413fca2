import type { ExperienceRequest, LiveCondition } from '@vitrail/contracts';

/** A page as conditions see it. */
export interface Page {
  readonly url: string;
  readonly path: string;
}

const same = (text: string): string => text.toLowerCase();

/** Whether a condition could hold on the page; of what is not the page's nothing is known, so it could. */
function couldHold(condition: LiveCondition, page: Page): boolean {
  if (!('values' in condition) || (condition.field !== 'page.path' && condition.field !== 'page.url')) return true;
  const text = same(condition.field === 'page.path' ? page.path : page.url);
  const any = (test: (value: string) => boolean): boolean => condition.values.some((value) => test(same(value)));
  switch (condition.op) {
    case 'is':
      return any((value) => text === value);
    case 'is_not':
      return !any((value) => text === value);
    case 'contains':
      return any((value) => text.includes(value));
    case 'not_contains':
      return !any((value) => text.includes(value));
    case 'starts':
      return any((value) => text.startsWith(value));
    case 'ends':
      return any((value) => text.endsWith(value));
  }
}

/** Those that somebody could see on one page at once: of a group only one shows. */
export function couldShow<One extends { readonly definition: ExperienceRequest }>(
  all: readonly One[],
  page: Page,
): One[] {
  const groups = new Set<string>();
  return all.filter(({ definition: { when, group } }) => {
    if (!when.every((condition) => couldHold(condition, page)) || (group !== null && groups.has(group))) return false;
    if (group !== null) groups.add(group);
    return true;
  });
}
