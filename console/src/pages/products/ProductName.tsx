import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ProductSummary } from '@vitrail/contracts';
import { ProductPicture } from './ProductPicture.tsx';
import styles from './Products.module.css';

/** Picture, title and variant; the title leads to the product. */
export function ProductName({ product }: { product: ProductSummary }) {
  const variant = [product.color, product.size].filter(Boolean).join(' · ');
  const words = (
    <div className={styles.words}>
      <Link to="/products/$id" params={{ id: product.productId }} className={styles.name}>
        {product.title}
      </Link>
      <Text size="xs" c="dimmed">
        {variant === '' ? product.productId : variant}
      </Text>
    </div>
  );
  if (product.imageLink === null) return words;
  return (
    <div className={styles.pictured}>
      <ProductPicture product={product} size={36} />
      {words}
    </div>
  );
}
