import type { MerchandisingRule } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';

/** A rule as sentences: what it does, where, when. */
export function useRuleWords() {
  const { t } = useTranslation();
  const format = useFormat();
  const about = ({ match }: MerchandisingRule): string => {
    const parts = [
      ...match.categories,
      ...match.brands,
      ...(match.products.length === 0 ? [] : [t('recommendations.rules.count', { count: match.products.length })]),
      ...(match.newerThanDays === undefined
        ? []
        : [t('recommendations.rules.newerThan', { count: match.newerThanDays })]),
    ];
    return parts.length === 0 ? t('recommendations.rules.everything') : parts.join(', ');
  };
  return {
    what: (rule: MerchandisingRule): string => {
      const { effect } = rule;
      switch (effect.kind) {
        case 'pin':
          return t('recommendations.rules.pins', {
            what: t('recommendations.rules.count', { count: effect.products.length }),
          });
        case 'boost':
          return t('recommendations.rules.boosts', {
            direction: effect.factor >= 1 ? 'up' : 'down',
            what: about(rule),
            factor: format.number(effect.factor, 2),
          });
        case 'bury':
          return t('recommendations.rules.buries', { what: about(rule) });
      }
    },
    where: ({ strategies, site }: MerchandisingRule): string =>
      [...(site === undefined ? [] : [site]), ...strategies.map((one) => t(`recommendations.strategy.${one}`))].join(
        ', ',
      ) || t('recommendations.rules.everywhere'),
    when: ({ from, to }: MerchandisingRule): string => {
      // The end is the moment after its last day.
      const first = from === undefined ? null : format.date(from);
      const last = to === undefined ? null : format.date(Date.parse(to) - 1);
      if (first !== null && last !== null) return t('recommendations.rules.fromTo', { from: first, to: last });
      if (first !== null) return t('recommendations.rules.from', { from: first });
      return last === null ? t('recommendations.rules.always') : t('recommendations.rules.to', { to: last });
    },
  };
}
