import { Text } from '@mantine/core';
import type { ProductSummary } from '@vitrail/contracts';
import { Money, nothing, useFormat } from '../../ui/format/FormatProvider.tsx';

type Price = ProductSummary['prices'][number];

/** One price: the sale price first, the usual one struck through. */
export function OnePrice({ price }: { price: Price }) {
  if (price.salePrice === null) return <Money amount={price.price} currency={price.currency} />;
  return (
    <span>
      <Text component="span" fw={600} size="sm">
        <Money amount={price.salePrice} currency={price.currency} />
      </Text>{' '}
      <Text component="s" size="xs" c="dimmed">
        <Money amount={price.price} currency={price.currency} />
      </Text>
    </span>
  );
}

/** The first price, and how many others there are. */
export function PriceText({ prices }: { prices: readonly Price[] }) {
  const { settings } = useFormat();
  // The price in the workspace's own currency says more than whichever came first.
  const first = prices.find((price) => price.currency === settings.currency) ?? prices[0];
  if (first === undefined) return <span>{nothing}</span>;
  return (
    <span>
      <OnePrice price={first} />
      {prices.length > 1 ? (
        <Text component="span" size="xs" c="dimmed">
          {' '}
          +{prices.length - 1}
        </Text>
      ) : null}
    </span>
  );
}
