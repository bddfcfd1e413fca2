import { type MerchandisingRule, merchandisingRuleSchema, type RecommendationStrategy } from '@vitrail/contracts';

/** A rule as it stands in the form: every field has a value, days are bare days. */
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

const day = 86_400_000;
const dayOf = (instant: string | undefined): string => (instant === undefined ? '' : instant.slice(0, 10));

export function draftOf(rule: MerchandisingRule): RuleDraft {
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
    from: dayOf(rule.from),
    // The last day is written as the moment after it.
    to: rule.to === undefined ? '' : dayOf(new Date(Date.parse(rule.to) - 1).toISOString()),
    enabled: rule.enabled,
  };
}

export type RuleProblem = 'needsMatch' | 'orderOfDays' | 'incomplete';

/** The rule of a draft, or why there is none yet. */
export function ruleOf(draft: RuleDraft): { rule: MerchandisingRule } | { problem: RuleProblem } {
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
    ...(draft.from === '' ? {} : { from: `${draft.from}T00:00:00.000Z` }),
    ...(draft.to === '' ? {} : { to: new Date(Date.parse(`${draft.to}T00:00:00.000Z`) + day).toISOString() }),
    enabled: draft.enabled,
  });
  return parsed.success ? { rule: parsed.data } : { problem: 'incomplete' };
}
