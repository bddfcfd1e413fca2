import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { pictureQuery } from '../../api/catalog.ts';
import { useApi } from '../../api/context.tsx';
import styles from './ProductPicture.module.css';

interface ProductPictureProps {
  readonly product: { readonly productId: string; readonly imageLink: string | null };
  /** Pixels; without it as wide as there is room. */
  readonly size?: number;
}

/** Shows whether something has come near the screen. */
function useNear() {
  const place = useRef<HTMLSpanElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    const { current } = place;
    if (current === null || near) return;
    const watch = new IntersectionObserver((seen) => setNear(seen.some((each) => each.isIntersecting)), {
      rootMargin: '200px',
    });
    watch.observe(current);
    return () => watch.disconnect();
  }, [near]);
  return { place, near };
}

/**
 * The picture of a product, by way of our own server. It says nothing that the title beside it does not say. Its place is
 * kept until it is known whether there is one.
 */
export function ProductPicture({ product, size }: ProductPictureProps) {
  const { place, near } = useNear();
  const wanted = near && product.imageLink !== null && product.imageLink !== '';
  const { data, isError } = useQuery({ ...pictureQuery(useApi(), product.productId), enabled: wanted });
  const [source, setSource] = useState<string | null>(null);
  useEffect(() => {
    if (data === undefined || data.size === 0) return;
    const url = URL.createObjectURL(data);
    setSource(url);
    return () => URL.revokeObjectURL(url);
  }, [data]);
  if (isError || data?.size === 0) return null;
  return (
    <span ref={place} className={styles.frame} style={size === undefined ? undefined : { width: size }}>
      {source === null ? null : <img src={source} alt="" className={styles.picture} />}
    </span>
  );
}
