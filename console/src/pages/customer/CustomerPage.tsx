import { Anchor, Skeleton, Stack, Tabs } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useApi } from '../../api/context.tsx';
import { customerQuery } from '../../api/customers.ts';
import { useSession } from '../../app/session.tsx';
import { lazyWords } from '../../i18n/lazyWords.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import styles from './Customer.module.css';
import { CustomerHeader } from './CustomerHeader.tsx';
import { KeyFigures } from './KeyFigures.tsx';
import { SideFacts } from './SideFacts.tsx';
import { Timeline } from './Timeline.tsx';

// Comes after what is known.
const CustomerForecast = lazy(() => import('../predictions/CustomerForecast.tsx'));
// Loaded when their tab is first opened.
const CustomerSuggestions = lazyWords(['products'], () => import('../recommendations/CustomerSuggestions.tsx'));
const CustomerJourneys = lazyWords(['journeys', 'messages'], () => import('../journeys/people/CustomerJourneys.tsx'));
const CustomerMessages = lazyWords(['messages'], () => import('../messages/CustomerMessages.tsx'));
const CustomerWebsite = lazyWords(['decision'], () => import('../experiences/CustomerWebsite.tsx'));
const MergeHistory = lazy(() => import('./MergeHistory.tsx'));
const Orders = lazy(() => import('./Orders.tsx'));
const Traits = lazy(() => import('./Traits.tsx'));

const route = getRouteApi('/shell/customers/$id');
const tabs = ['timeline', 'orders', 'suggested', 'messages', 'journeys', 'website', 'traits', 'identity'] as const;

/** Everything about one customer on one page. */
export function CustomerPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const { tab = 'timeline' } = route.useSearch();
  const { can } = useSession();
  const navigate = useNavigate();
  const customer = useQuery(customerQuery(useApi(), id));
  const back = (
    <Anchor component={Link} to="/customers" size="sm" c="dimmed" className={styles.back}>
      <IconArrowLeft size={14} aria-hidden="true" /> {t('customers.title')}
    </Anchor>
  );
  if (customer.isPending)
    return (
      <Stack aria-busy="true">
        {back}
        <Skeleton height={96} circle />
        <Skeleton height={84} />
        <Skeleton height={320} />
      </Stack>
    );
  if (customer.data === undefined)
    return (
      <Stack>
        {back}
        <ProblemAlert error={customer.error} onRetry={() => void customer.refetch()} />
      </Stack>
    );
  const profile = customer.data;
  const shown = tabs.filter(
    (one) =>
      (one !== 'timeline' || can('events.read')) &&
      (one !== 'suggested' || can('analytics.read')) &&
      (one !== 'website' || can('experience.read')) &&
      ((one !== 'messages' && one !== 'journeys') || can('messages.read')),
  );
  const current = shown.find((one) => one === tab) ?? shown[0] ?? 'orders';
  return (
    <>
      {back}
      <CustomerHeader profile={profile} />
      <KeyFigures profile={profile} />
      <div className={styles.forecast}>
        <Suspense fallback={<Skeleton height={96} />}>
          <CustomerForecast profile={id} />
        </Suspense>
      </div>
      <div className={styles.columns}>
        <Tabs
          value={current}
          keepMounted={false}
          onChange={(next) => {
            const chosen = tabs.find((one) => one === next);
            void navigate({
              to: '/customers/$id',
              params: { id },
              search: chosen === undefined ? {} : { tab: chosen },
              replace: true,
              resetScroll: false,
            });
          }}
        >
          <Tabs.List mb="md">
            {shown.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {t(`customer.tab.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="timeline">
            <Timeline id={id} />
          </Tabs.Panel>
          <Tabs.Panel value="orders">
            <Suspense fallback={<Skeleton height={320} />}>
              <Orders id={id} />
            </Suspense>
          </Tabs.Panel>
          <Tabs.Panel value="suggested">
            <Suspense fallback={<Skeleton height={320} />}>
              <CustomerSuggestions profile={id} />
            </Suspense>
          </Tabs.Panel>
          <Tabs.Panel value="messages">
            <Suspense fallback={<Skeleton height={320} />}>
              <CustomerMessages profile={id} />
            </Suspense>
          </Tabs.Panel>
          <Tabs.Panel value="journeys">
            <Suspense fallback={<Skeleton height={320} />}>
              <CustomerJourneys profile={id} />
            </Suspense>
          </Tabs.Panel>
          <Tabs.Panel value="website">
            <Suspense fallback={<Skeleton height={320} />}>
              <CustomerWebsite profile={id} />
            </Suspense>
          </Tabs.Panel>
          <Tabs.Panel value="traits">
            <Suspense fallback={<Skeleton height={320} />}>
              <Traits profile={profile} />
            </Suspense>
          </Tabs.Panel>
          <Tabs.Panel value="identity">
            <Suspense fallback={<Skeleton height={320} />}>
              <MergeHistory id={id} />
            </Suspense>
          </Tabs.Panel>
        </Tabs>
        <SideFacts profile={profile} />
      </div>
    </>
  );
}
