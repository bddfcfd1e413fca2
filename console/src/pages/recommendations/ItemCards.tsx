import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { RecommendedItem } from '@vitrail/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { frenchSpacing } from '../../ui/reasons.ts';
import { AvailabilityBadge } from '../products/Availability.tsx';
import { PriceText } from '../products/PriceText.tsx';
import { ProductPicture } from '../products/ProductPicture.tsx';
import styles from './Items.module.css';

/** What the title does not say already. */
const variantOf = ({ title, brand, color, size }: RecommendedItem['product']): string =>
  [brand, color, size].filter((part) => part !== null && part !== '' && !title.includes(part)).join(' · ');

interface ItemCardsProps {
  readonly items: readonly RecommendedItem[];
  /** The accessible name of the row. */
  readonly label: string;
  /** Said below each card, for those who tune. */
  readonly detail?: (item: RecommendedItem) => ReactNode;
}

/** Recommended products, best first: each with the reason it is there. */
export function ItemCards({ items, label, detail }: ItemCardsProps) {
  const { t, language } = useTranslation();
  const format = useFormat();
  return (
    <ol className={styles.items} aria-label={label}>
      {items.map((item) => {
        const { product, reason, rating } = item;
        return (
          <li key={product.productId} className={styles.item}>
            <span className={styles.reason}>{language === 'fr' ? frenchSpacing(reason.text) : reason.text}</span>
            {items.some((each) => each.product.imageLink !== null) ? (
              <ProductPicture product={product} size={96} />
            ) : null}
            <Link to="/products/$id" params={{ id: product.productId }} className={styles.title}>
              {product.title}
            </Link>
            <Text size="xs" c="dimmed">
              {variantOf(product) || product.productId}
            </Text>
            <span className={styles.foot}>
              <PriceText prices={product.prices} />
              {product.availability === 'in_stock' && product.removedAt === null ? null : (
                <AvailabilityBadge product={product} />
              )}
            </span>
            {rating === null ? null : (
              <Text size="xs" c="dimmed">
                {t('suggested.reviews', { average: format.number(rating.average, 1), count: rating.reviews })}
              </Text>
            )}
            {detail === undefined ? null : <div className={styles.detail}>{detail(item)}</div>}
          </li>
        );
      })}
    </ol>
  );
}
