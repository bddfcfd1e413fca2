import { Spotlight } from '@mantine/spotlight';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { findProducts } from '../../api/catalog.ts';
import { useApi } from '../../api/context.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';

/** Products that match what is typed in the palette. */
export function ProductMatches({ query }: { query: string }) {
  const { t } = useTranslation();
  const api = useApi();
  const navigate = useNavigate();
  const products = useQuery({
    queryKey: ['products', 'palette', query],
    queryFn: ({ signal }) => findProducts(api, { q: query, limit: 4 }, signal),
  });
  const items = products.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Spotlight.ActionsGroup label={t('palette.products')}>
      {items.map((product) => (
        <Spotlight.Action
          key={product.productId}
          label={product.title}
          description={[product.productId, product.brand].filter(Boolean).join(' · ')}
          onClick={() => void navigate({ to: '/products/$id', params: { id: product.productId } })}
        />
      ))}
    </Spotlight.ActionsGroup>
  );
}
