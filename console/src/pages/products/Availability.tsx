import type { ProductSummary } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx';

export const availabilities = ['in_stock', 'out_of_stock', 'preorder', 'backorder'] as const;

const tones: Readonly<Record<ProductSummary['availability'], Tone>> = {
  in_stock: 'good',
  out_of_stock: 'bad',
  preorder: 'warn',
  backorder: 'warn',
};

/** Whether it can be bought now; a product gone from the feed cannot. */
export function AvailabilityBadge({ product }: { product: Pick<ProductSummary, 'availability' | 'removedAt'> }) {
  const { t } = useTranslation();
  if (product.removedAt !== null) return <StatusBadge tone="quiet">{t('availability.removed')}</StatusBadge>;
  return <StatusBadge tone={tones[product.availability]}>{t(`availability.${product.availability}`)}</StatusBadge>;
}
