import { type MerchandisingRule, merchandisingRuleSchema, type RecommendationStrategy } from '@vitrail/contracts';
import { endOfDay, localDay, startOfDay } from '../../ui/format/localDay.ts';

/** A rule as it stands in the form: every field has a value, days are whole days where the shop is. */
export interface RuleDraft {
  readonly name: string;
  readonly effect: 'pin' | 'boost' | 'bury';
  readonly pinned: readonly string[];
  readonly factor: number;
  readonly products: readonly string[];
  readonly categories: readonly string[];
  readonly brands: readonly string[];
  readonly newerThanDays: number | null;
  readonly strategies: readonly RecommendationStrategy[];
  readonly site: string;
  readonly from: string;
  readonly to: string;
  readonly enabled: boolean;
}

export const emptyRule: RuleDraft = {
  name: '',
  effect: 'pin',
  pinned: [],
  factor: 1.5,
  products: [],
  categories: [],
  brands: [],
  newerThanDays: null,
  strategies: [],
  site: '',
  from: '',
  to: '',
  enabled: true,
};

export function draftOf(rule: MerchandisingRule, timeZone: string): RuleDraft {
  const { effect, match } = rule;
  return {
    ...emptyRule,
    name: rule.name,
    effect: effect.kind,
    pinned: effect.kind === 'pin' ? effect.products : [],
    factor: effect.kind === 'boost' ? effect.factor : emptyRule.factor,
    products: match.products,
    categories: match.categories,
    brands: match.brands,
    newerThanDays: match.newerThanDays ?? null,
    strategies: rule.strategies,
    site: rule.site ?? '',
    from: rule.from === undefined ? '' : localDay(Date.parse(rule.from), timeZone),
    // The last day is written as the moment after it.
    to: rule.to === undefined ? '' : localDay(Date.parse(rule.to) - 1, timeZone),
    enabled: rule.enabled,
  };
}

export type RuleProblem = 'needsMatch' | 'orderOfDays' | 'incomplete';

/** The rule of a draft, or why there is none yet. */
export function ruleOf(draft: RuleDraft, timeZone: string): { rule: MerchandisingRule } | { problem: RuleProblem } {
  const { effect } = draft;
  const isPin = effect === 'pin';
  const aboutNothing = [draft.products, draft.categories, draft.brands].every((some) => some.length === 0);
  if (!isPin && aboutNothing && draft.newerThanDays === null) return { problem: 'needsMatch' };
  if (draft.from !== '' && draft.to !== '' && draft.to < draft.from) return { problem: 'orderOfDays' };
  const parsed = merchandisingRuleSchema.safeParse({
    name: draft.name,
    effect: isPin
      ? { kind: 'pin', products: draft.pinned }
      : effect === 'boost'
        ? { kind: 'boost', factor: draft.factor }
        : { kind: 'bury' },
    match: isPin
      ? undefined
      : {
          products: draft.products,
          categories: draft.categories,
          brands: draft.brands,
          ...(draft.newerThanDays === null ? {} : { newerThanDays: draft.newerThanDays }),
        },
    strategies: draft.strategies,
    ...(draft.site === '' ? {} : { site: draft.site }),
    ...(draft.from === '' ? {} : { from: new Date(startOfDay(draft.from, timeZone)).toISOString() }),
    ...(draft.to === '' ? {} : { to: new Date(endOfDay(draft.to, timeZone)).toISOString() }),
    enabled: draft.enabled,
  });
  return parsed.success ? { rule: parsed.data } : { problem: 'incomplete' };
}
