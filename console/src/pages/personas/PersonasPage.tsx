import { Button, NativeSelect, Skeleton, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { type RfmPoint, rfmQuery } from '../../api/rfm.ts';
import { sitesQuery } from '../../api/settings.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { StatRow, StatTile } from '../../ui/StatTile.tsx';
import { HeatMap } from './HeatMap.tsx';
import { MovementCard } from './MovementCard.tsx';
import { PeopleDrawer } from './PeopleDrawer.tsx';
import { PersonaCards } from './PersonaCards.tsx';
import { personaName } from './personaWords.ts';
import { SettingsDrawer } from './SettingsDrawer.tsx';

const route = getRouteApi('/shell/segments/personas');

/** Buyers by recency, frequency and monetary value: who they are, what they bring, where they go. */
export function PersonasPage() {
  const { t, language } = useTranslation();
  const format = useFormat();
  const api = useApi();
  const { can } = useSession();
  const navigate = useNavigate();
  const { site } = route.useSearch();
  const query = useQuery(rfmQuery(api, site));
  const sites = useQuery({ ...sitesQuery(api), enabled: can('settings.read') }).data ?? [];
  const [point, setPoint] = useState<RfmPoint | null>(null);
  const [editing, setEditing] = useState(false);
  const rfm = query.data;
  const titleOf = ({ persona, r, f }: RfmPoint): string =>
    persona === undefined
      ? t('personas.cellTitle', { r, f })
      : personaName(persona, rfm?.settings.names ?? {}, language);
  return (
    <>
      <PageHeader
        title={t('personas.title')}
        purpose={rfm === undefined ? t('personas.purpose') : t('personas.asOf', { at: format.dateTime(rfm.at) })}
        actions={
          <>
            {sites.length < 2 ? null : (
              <NativeSelect
                aria-label={t('personas.site')}
                value={site ?? ''}
                onChange={(event) => {
                  const chosen = event.currentTarget.value;
                  void navigate({ to: '/segments/personas', search: chosen === '' ? {} : { site: chosen } });
                }}
                data={[
                  { value: '', label: t('personas.everySite') },
                  ...sites.map(({ name }) => ({ value: name, label: name })),
                ]}
              />
            )}
            {can('segments.write') && rfm !== undefined ? (
              <Button variant="default" onClick={() => setEditing(true)}>
                {t('personas.settings')}
              </Button>
            ) : null}
          </>
        }
      />
      {query.error === null ? null : <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending ? <Skeleton height={480} aria-busy="true" /> : null}
      {rfm === undefined ? null : rfm.buyers === 0 ? (
        <EmptyState
          title={t('personas.first')}
          action={
            can('data.write') ? (
              <Button component={Link} to="/data/imports/new">
                {t('personas.import')}
              </Button>
            ) : undefined
          }
        >
          {t('personas.firstAdvice')}
        </EmptyState>
      ) : (
        <Stack gap="lg">
          <StatRow>
            <StatTile
              label={t('personas.buyers')}
              value={format.number(rfm.buyers)}
              definition={t('personas.buyersNote')}
            />
            <StatTile
              label={t('personas.revenue')}
              value={format.compactMoney(rfm.revenue, rfm.currency) ?? ''}
              definition={t('personas.revenueNote')}
            />
            <StatTile
              label={personaName('prospects', rfm.settings.names, language)}
              value={format.number(rfm.prospects)}
              definition={t('personas.prospectsNote')}
            />
          </StatRow>
          <HeatMap rfm={rfm} onOpen={(cell) => setPoint({ ...cell, site })} />
          <Title order={2}>{t('personas.all')}</Title>
          <PersonaCards rfm={rfm} onOpen={(persona) => setPoint({ persona, site })} />
          {rfm.site === null ? <MovementCard rfm={rfm} /> : null}
          <PeopleDrawer
            point={point}
            title={point === null ? '' : titleOf(point)}
            currency={rfm.currency}
            onClose={() => setPoint(null)}
          />
          <SettingsDrawer rfm={rfm} opened={editing} onClose={() => setEditing(false)} />
        </Stack>
      )}
    </>
  );
}
