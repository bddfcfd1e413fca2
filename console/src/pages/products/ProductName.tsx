import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ProductSummary } from '@vitrail/contracts';
import styles from './Products.module.css';

/** Title and variant; the title leads to the product. */
export function ProductName({ product }: { product: ProductSummary }) {
  const variant = [product.color, product.size].filter(Boolean).join(' · ');
  return (
    <div className={styles.words}>
      <Link to="/products/$id" params={{ id: product.productId }} className={styles.name}>
        {product.title}
      </Link>
      <Text size="xs" c="dimmed">
        {variant === '' ? product.productId : variant}
      </Text>
    </div>
  );
}
