import { Collapse, Group, Skeleton, Stack, Table, Text, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type Order, orderStates } from '@vitrail/contracts';
import { useId, useState } from 'react';
import { useOrders } from '../../api/customers.ts';
import { useSourceIndex } from '../../api/sources.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { DateTime, Money, Num } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { SourceOf } from '../../ui/SourceOf.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { FilterBar, type FilterValues } from '../../ui/table/FilterBar.tsx';
import { LoadMore } from '../../ui/table/LoadMore.tsx';
import styles from './Orders.module.css';

const route = getRouteApi('/shell/customers/$id');

/** Every order with its lines; or those that the filters in the address let through. */
export default function Orders({ id }: { id: string }) {
  const { t } = useTranslation();
  const { status, source, site, from, to, min, max } = route.useSearch();
  const filter = { status, source, site, from, to, min, max };
  const list = useOrders(id, filter);
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return (
    <Stack gap="sm">
      <OrderFilters id={id} values={filter} />
      {list.error === null ? null : <ProblemAlert error={list.error} onRetry={list.retry} />}
      {list.isLoading ? <Skeleton height={200} /> : null}
      {!list.isLoading && list.rows.length === 0 && list.error === null ? (
        <EmptyState title={t(isFiltered ? 'orders.noMatch' : 'orders.none')}>
          {t(isFiltered ? 'orders.noMatchAdvice' : 'orders.noneAdvice')}
        </EmptyState>
      ) : null}
      {list.rows.map((order, at) => (
        <OrderCard key={order.id} order={order} initiallyOpen={at === 0} />
      ))}
      <LoadMore list={list} />
    </Stack>
  );
}

function OrderFilters({ id, values }: { id: string; values: FilterValues }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = route.useSearch();
  const sources = useSourceIndex();
  return (
    <FilterBar
      filters={[
        {
          id: 'status',
          label: t('orders.status'),
          options: orderStates.map((one) => ({ value: one, label: t(`orders.state.${one}`) })),
        },
        {
          id: 'source',
          label: t('orders.source'),
          options: [...sources].map(([number, one]) => ({ value: String(number), label: one.name })),
        },
        { id: 'site', label: t('orders.site') },
        { id: 'from', label: t('orders.from'), input: 'date' },
        { id: 'to', label: t('orders.to'), input: 'date' },
        { id: 'min', label: t('orders.min'), input: 'number' },
        { id: 'max', label: t('orders.max'), input: 'number' },
      ]}
      values={values}
      onChange={(name, value) =>
        void navigate({
          to: '/customers/$id',
          params: { id },
          search: { ...search, [name]: value },
          replace: true,
          resetScroll: false,
        })
      }
    />
  );
}

function OrderCard({ order, initiallyOpen }: { order: Order; initiallyOpen: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(initiallyOpen);
  const panel = useId();
  const fullyRefunded = order.total !== null && order.refunded >= order.total && order.refunded > 0;
  return (
    <article className={styles.order}>
      <UnstyledButton className={styles.head} onClick={() => setOpen(!open)} aria-expanded={open} aria-controls={panel}>
        <IconChevronRight size={16} aria-hidden="true" className={styles.chevron} />
        <span className={styles.id}>
          <b>{order.id}</b>
          <Text component="span" size="xs" c="dimmed">
            <DateTime at={order.orderedAt} />
            {[t('orders.lines', { count: order.lines.length }), order.channel, order.site]
              .filter((fact) => fact !== null && fact !== '')
              .map((fact) => ` · ${fact}`)}
          </Text>
        </span>
        <Group gap="xs" wrap="wrap" justify="flex-end">
          {order.status === 'cancelled' ? <StatusBadge tone="bad">{t('orders.cancelled')}</StatusBadge> : null}
          {order.status === 'unknown' ? <StatusBadge tone="warn">{t('orders.unknown')}</StatusBadge> : null}
          {order.refunded > 0 ? (
            <StatusBadge tone={fullyRefunded ? 'bad' : 'warn'}>
              {t(fullyRefunded ? 'orders.fullyRefunded' : 'orders.refunded')}
            </StatusBadge>
          ) : null}
          <SourceOf id={order.source} />
          <b className="vt-figures">
            <Money amount={order.total} currency={order.currency} />
          </b>
        </Group>
      </UnstyledButton>
      <Collapse expanded={open} id={panel}>
        <div className={styles.body}>
          {order.lines.length === 0 ? null : (
            <Table.ScrollContainer
              minWidth={420}
              type="native"
              tabIndex={0}
              role="group"
              aria-label={t('orders.linesOf', { id: order.id })}
            >
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('orders.product')}</Table.Th>
                    <Table.Th ta="end">{t('orders.quantity')}</Table.Th>
                    <Table.Th ta="end">{t('orders.price')}</Table.Th>
                    <Table.Th ta="end">{t('orders.amount')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {order.lines.map((line) => (
                    <Table.Tr key={line.line}>
                      <Table.Td>
                        <Link to="/products/$id" params={{ id: line.productId }} className={styles.product}>
                          {line.name ?? line.productId}
                        </Link>
                        <Text size="xs" c="dimmed">
                          {[line.sku ?? line.productId, line.brand, line.variant].filter(Boolean).join(' · ')}
                        </Text>
                      </Table.Td>
                      <Table.Td ta="end">
                        <Num value={line.quantity} digits={3} />
                      </Table.Td>
                      <Table.Td ta="end">
                        <Money amount={line.price} currency={order.currency} />
                      </Table.Td>
                      <Table.Td ta="end">
                        <Money
                          amount={line.price === null ? null : line.price * line.quantity}
                          currency={order.currency}
                        />
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )}
          <dl className={styles.sums}>
            {(
              [
                ['discount', order.discount === 0 ? null : order.discount],
                ['shipping', order.shipping === 0 ? null : order.shipping],
                ['tax', order.tax],
                ['refundedAmount', order.refunded === 0 ? null : order.refunded],
                ['total', order.total],
              ] as const
            ).map(([name, amount]) =>
              amount === null ? null : (
                <div key={name}>
                  <dt>{t(`orders.${name}`)}</dt>
                  <dd>
                    <Money amount={amount} currency={order.currency} />
                  </dd>
                </div>
              ),
            )}
            {order.coupon === null ? null : (
              <div>
                <dt>{t('orders.coupon')}</dt>
                <dd>{order.coupon}</dd>
              </div>
            )}
            {order.baseTotal === null && order.total !== null ? (
              <div>
                <dt>{t('orders.noRate')}</dt>
                <dd>{order.currency}</dd>
              </div>
            ) : null}
          </dl>
        </div>
      </Collapse>
    </article>
  );
}
