import { Anchor, Button, SimpleGrid, Skeleton, Spoiler, Stack, Table, Text } from '@mantine/core';
import { IconArrowLeft, IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { CatalogProduct } from '@vitrail/contracts';
import { lazy, Suspense } from 'react';
import { productQuery } from '../../api/catalog.ts';
import { useApi } from '../../api/context.tsx';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { Num, nothing, Relative, useFormat } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { humanName, valueText } from '../../ui/value.ts';
import { AvailabilityBadge } from './Availability.tsx';
import { ChangeList } from './ChangeList.tsx';
import { OnePrice, PriceText } from './PriceText.tsx';
import { ProductName } from './ProductName.tsx';
import { ProductPicture } from './ProductPicture.tsx';
import styles from './Products.module.css';

const ProductAudience = lazy(() => import('../recommendations/ProductAudience.tsx'));

const route = getRouteApi('/shell/products/$id');

/** Only addresses of the web are linked: a feed may hold anything. */
const safeLink = (link: string | null): string | undefined =>
  link !== null && /^https?:\/\//i.test(link) ? link : undefined;

/** One product: prices per site, stock, variants, what changed. */
export function ProductPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const { can } = useSession();
  const product = useQuery(productQuery(useApi(), id));
  const back = (
    <Anchor component={Link} to="/products" size="sm" c="dimmed" className={styles.back}>
      <IconArrowLeft size={14} aria-hidden="true" /> {t('products.title')}
    </Anchor>
  );
  if (product.isPending)
    return (
      <Stack>
        {back}
        <Skeleton height={60} />
        <Skeleton height={240} />
      </Stack>
    );
  if (product.data === undefined)
    return (
      <Stack>
        {back}
        <ProblemAlert error={product.error} onRetry={() => void product.refetch()} />
      </Stack>
    );
  const { data } = product;
  const link = safeLink(data.link);
  return (
    <>
      {back}
      <PageHeader
        title={data.title}
        purpose={[data.brand, data.category].filter(Boolean).join(' · ')}
        actions={
          link === undefined ? undefined : (
            <Button
              component="a"
              href={link}
              target="_blank"
              rel="noreferrer"
              variant="default"
              rightSection={<IconExternalLink size={16} aria-hidden="true" />}
            >
              {t('products.open')}
            </Button>
          )
        }
      />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Stack gap="lg">
          <Facts product={data} />
          <Card title={t('products.prices')}>
            {data.prices.length === 0 ? (
              <Text c="dimmed">{t('products.noPrice')}</Text>
            ) : (
              <dl className={styles.facts}>
                {data.prices.map((price) => (
                  <div key={`${price.site} ${price.currency}`} style={{ display: 'contents' }}>
                    <dt>{[price.site === '' ? t('products.everySite') : price.site, price.currency].join(' · ')}</dt>
                    <dd>
                      <OnePrice price={price} />
                    </dd>
                  </div>
                ))}
              </dl>
            )}
          </Card>
        </Stack>
        <Stack gap="lg">
          <Card title={t('products.changes')} note={t('products.changesNote')}>
            <ChangeList changes={data.changes} />
          </Card>
          {data.variants.length === 0 ? null : <Variants variants={data.variants} />}
        </Stack>
      </SimpleGrid>
      {can('analytics.read') ? (
        <Suspense fallback={<Skeleton height={280} mt="lg" />}>
          <ProductAudience product={id} />
        </Suspense>
      ) : null}
    </>
  );
}

function Facts({ product }: { product: CatalogProduct }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = [t('value.yes'), t('value.no')] as const;
  const rows = [
    [t('products.availability'), <AvailabilityBadge key="availability" product={product} />],
    [t('products.stock'), <Num key="stock" value={product.stock} />],
    [t('products.id'), product.productId],
    [t('products.gtin'), product.gtin],
    [t('products.group'), product.groupId],
    [t('products.color'), product.color],
    [t('products.size'), product.size],
    [t('products.updated'), <Relative key="updated" at={product.updatedAt} />],
    ...Object.entries(product.attributes).map(
      ([name, value]) => [humanName(name), valueText(value, format, words)] as const,
    ),
  ] as const;
  return (
    <Card title={t('products.facts')}>
      {product.imageLink === null ? null : (
        <div className={styles.picture}>
          <ProductPicture product={product} size={180} />
        </div>
      )}
      <dl className={styles.facts}>
        {rows.map(([name, value]) =>
          value === null ? null : (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      {product.description === null ? null : (
        <Spoiler mt="md" maxHeight={84} showLabel={t('products.more')} hideLabel={t('products.less')}>
          <Text size="sm">{product.description}</Text>
        </Spoiler>
      )}
    </Card>
  );
}

function Variants({ variants }: { variants: CatalogProduct['variants'] }) {
  const { t } = useTranslation();
  return (
    <Card title={t('products.variants')} note={t('products.variantCount', { count: variants.length })}>
      <Table.ScrollContainer minWidth={380} type="native" tabIndex={0} role="group" aria-label={t('products.variants')}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('products.product')}</Table.Th>
              <Table.Th>{t('products.availability')}</Table.Th>
              <Table.Th ta="end">{t('products.stock')}</Table.Th>
              <Table.Th ta="end">{t('products.price')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {variants.map((variant) => (
              <Table.Tr key={variant.productId}>
                <Table.Td>
                  <ProductName product={variant} />
                </Table.Td>
                <Table.Td>
                  <AvailabilityBadge product={variant} />
                </Table.Td>
                <Table.Td ta="end">{variant.stock === null ? nothing : <Num value={variant.stock} />}</Table.Td>
                <Table.Td ta="end">
                  <PriceText prices={variant.prices} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  );
}
