import { useTranslation } from '../../i18n/useTranslation.tsx';
import { humanName } from '../../ui/value.ts';

const facts = [
  'days_since_order',
  'ordered',
  'orders',
  'revenue',
  'average_order',
  'visits',
  'days_since_visit',
  'days_known',
  'has_email',
  'has_phone',
  'has_loyalty_card',
  'discount_affinity',
  'country',
  'language',
  'gender',
  'category',
  'brand',
] as const;

/** What tells people apart in the reader's words; a fact newer than this console keeps its name. */
export function useFactName(): (name: string) => string {
  const { t } = useTranslation();
  return (name) => {
    const known = facts.find((one) => one === name);
    return known === undefined ? humanName(name) : t(`lookalikes.fact.${known}`);
  };
}
