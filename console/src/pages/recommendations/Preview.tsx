import {
  Button,
  NativeSelect,
  NumberInput,
  Select,
  SimpleGrid,
  Skeleton,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { recommendationStrategies } from '@vitrail/contracts';
import { useState } from 'react';
import { facetsQuery } from '../../api/catalog.ts';
import { useApi } from '../../api/context.tsx';
import { recommendationsQuery } from '../../api/recommendations.ts';
import { sitesQuery } from '../../api/settings.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import type { Asked } from './asked.ts';
import { ItemCards } from './ItemCards.tsx';
import { CustomerPicker, ProductPicker } from './Pickers.tsx';
import { questionOf } from './questionOf.ts';
import styles from './Recommendations.module.css';

interface PreviewProps {
  readonly asked: Asked;
  readonly onAsk: (change: Partial<Asked>) => void;
}

/** Says what is known and what may be shown, and shows what would be. */
export function Preview({ asked, onAsk }: PreviewProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  return (
    <div className={styles.preview}>
      <Stack gap="md">
        <Card title={t('recommendations.ask')} note={t('recommendations.askNote')}>
          <Stack gap="sm">
            {can('profiles.read') ? (
              <CustomerPicker value={asked.profile} onChange={(profile) => onAsk({ profile })} />
            ) : null}
            <ProductPicker value={asked.product} onChange={(product) => onAsk({ product })} />
            <Later
              label={t('recommendations.words')}
              value={asked.query ?? ''}
              onSettle={(text) => onAsk({ query: text.trim() === '' ? undefined : text })}
            />
            <NativeSelect
              label={t('recommendations.strategyLabel')}
              value={asked.strategy ?? ''}
              onChange={(event) => {
                const chosen = event.currentTarget.value;
                onAsk({ strategy: recommendationStrategies.find((one) => one === chosen) });
              }}
              data={[
                { value: '', label: t('recommendations.best') },
                ...recommendationStrategies.map((one) => ({ value: one, label: t(`recommendations.strategy.${one}`) })),
              ]}
            />
          </Stack>
        </Card>
        <Filters asked={asked} onAsk={onAsk} />
      </Stack>
      <Result asked={asked} />
    </div>
  );
}

/** A text that asks a moment after the last key. */
function Later({ label, value, onSettle }: { label: string; value: string; onSettle: (text: string) => void }) {
  const [text, setText] = useState(value);
  const settle = useDebouncedCallback(onSettle, 350);
  return (
    <TextInput
      label={label}
      value={text}
      maxLength={200}
      onChange={(event) => {
        setText(event.currentTarget.value);
        settle(event.currentTarget.value);
      }}
    />
  );
}

function Filters({ asked, onAsk }: PreviewProps) {
  const { t } = useTranslation();
  const api = useApi();
  const { can } = useSession();
  const facets = useQuery(facetsQuery(api)).data;
  const sites = useQuery({ ...sitesQuery(api), enabled: can('settings.read') }).data ?? [];
  const amount = (name: 'minPrice' | 'maxPrice' | 'notBoughtDays' | 'brandCap', min: number) => (
    <NumberInput
      label={t(`recommendations.${name}`)}
      min={min}
      hideControls
      value={asked[name] ?? ''}
      onChange={(value) => onAsk({ [name]: value === '' ? undefined : String(value) })}
    />
  );
  return (
    <Card title={t('recommendations.filters')}>
      <Stack gap="sm">
        <SimpleGrid cols={2} spacing="sm" style={{ alignItems: 'end' }}>
          {amount('minPrice', 0)}
          {amount('maxPrice', 0)}
          {amount('notBoughtDays', 0)}
          {amount('brandCap', 1)}
        </SimpleGrid>
        {(['category', 'brand'] as const).map((which) => (
          <Select
            key={which}
            label={t(`recommendations.${which}`)}
            placeholder={t('recommendations.any')}
            searchable
            clearable
            value={asked[which] ?? null}
            onChange={(value) => onAsk({ [which]: value ?? undefined })}
            data={((which === 'category' ? facets?.categories : facets?.brands) ?? []).map(({ name }) => name)}
            nothingFoundMessage={t('recommendations.noneFound')}
          />
        ))}
        {sites.length < 2 ? null : (
          <NativeSelect
            label={t('recommendations.site')}
            value={asked.site ?? ''}
            onChange={(event) => onAsk({ site: event.currentTarget.value || undefined })}
            data={[
              { value: '', label: t('recommendations.everySite') },
              ...sites.map(({ name }) => ({ value: name, label: name })),
            ]}
          />
        )}
        <Switch
          label={t('recommendations.inStockOnly')}
          checked={asked.inStock !== 'false'}
          onChange={(event) => onAsk({ inStock: event.currentTarget.checked ? undefined : 'false' })}
        />
        <Switch
          label={t('recommendations.mySize')}
          disabled={asked.profile === undefined}
          checked={asked.mySize === 'true' && asked.profile !== undefined}
          onChange={(event) => onAsk({ mySize: event.currentTarget.checked ? 'true' : undefined })}
        />
        <Switch
          label={t('recommendations.newFirst')}
          checked={asked.newFirst === 'true'}
          onChange={(event) => onAsk({ newFirst: event.currentTarget.checked ? 'true' : undefined })}
        />
      </Stack>
    </Card>
  );
}

function Result({ asked }: { asked: Asked }) {
  const { t, language } = useTranslation();
  const format = useFormat();
  const { can } = useSession();
  const query = useQuery(recommendationsQuery(useApi(), questionOf(asked, language, format.settings.currency)));
  const found = query.data;
  if (query.isPending) return <Skeleton height={420} aria-busy="true" />;
  if (found === undefined) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (found.items.length === 0)
    return found.eligible === 0 && Object.keys(asked).filter((name) => name !== 'tab').length === 0 ? (
      <EmptyState
        title={t('recommendations.emptyCatalogue')}
        action={
          can('data.write') ? (
            <Button component={Link} to="/data/imports/new">
              {t('recommendations.import')}
            </Button>
          ) : undefined
        }
      >
        {t('recommendations.emptyCatalogueAdvice')}
      </EmptyState>
    ) : (
      <EmptyState title={t('recommendations.noResult')}>{t('recommendations.noResultAdvice')}</EmptyState>
    );
  return (
    <Card
      title={t('recommendations.result')}
      note={
        <span role="status">
          {t('recommendations.resultNote', { count: found.items.length, eligible: found.eligible })}
        </span>
      }
    >
      {query.error === null ? null : <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      <Text size="sm" c="dimmed" mb="sm">
        {t('recommendations.asked', {
          sources: found.sources.map((one) => t(`recommendations.strategy.${one}`)).join(', '),
        })}{' '}
        {found.arm === 'popular' ? t('recommendations.popularArm') : ''}
      </Text>
      <div aria-busy={query.isPlaceholderData} className={styles.found}>
        <ItemCards
          items={found.items}
          label={t('recommendations.result')}
          detail={({ strategy, score }) =>
            t('recommendations.score', {
              strategy: t(`recommendations.strategy.${strategy}`),
              score: format.number(score, 3),
            })
          }
        />
      </div>
    </Card>
  );
}
