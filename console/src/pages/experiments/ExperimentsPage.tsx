import { Button, Group, Select } from '@mantine/core';
import { IconFlask, IconPlus } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { Experiment, ExperimentState as State } from '@vitrail/contracts';
import { useState } from 'react';
import { useExperiments } from '../../api/experiments.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { nothing, useFormat } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { ExperimentState } from './ExperimentState.tsx';
import styles from './Experiments.module.css';
import { SettingsDialog } from './SettingsDialog.tsx';

const route = getRouteApi('/shell/website/experiments');
const states: readonly State[] = ['draft', 'running', 'stopped', 'archived'];

/** What is tried, and what was learnt. */
export function ExperimentsPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const { q = '', state } = route.useSearch();
  const list = useExperiments({ q, state });
  const [setting, setSetting] = useState(false);
  const show = (search: { q?: string | undefined; state?: State | undefined }) =>
    void navigate({ to: '/website/experiments', search, replace: true });
  const make = can('experience.write') ? (
    <Button component={Link} to="/website/experiments/new" leftSection={<IconPlus size={16} aria-hidden="true" />}>
      {t('experiments.new')}
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader
        title={t('experiments.title')}
        purpose={t('experiments.purpose')}
        actions={
          <>
            <Button component={Link} to="/website/experiments/learnings" variant="default">
              {t('experiments.learnings.title')}
            </Button>
            <Button component={Link} to="/website/experiments/holdout" variant="default">
              {t('experiments.held.title')}
            </Button>
            <Button
              component={Link}
              to="/website/experiments/simulation"
              variant="default"
              leftSection={<IconFlask size={16} aria-hidden="true" />}
            >
              {t('experiments.simulation.title')}
            </Button>
            {can('experience.write') ? (
              <Button variant="default" onClick={() => setSetting(true)}>
                {t('experiments.settings.title')}
              </Button>
            ) : null}
            {make}
          </>
        }
      />
      <Group mb="md" align="end">
        <SearchField
          value={q}
          label={t('experiments.search')}
          onSearch={(next) => show({ q: next || undefined, state })}
        />
        <Select
          label={t('experiments.stateTitle')}
          placeholder={t('experiments.anyState')}
          clearable
          value={state ?? null}
          onChange={(next) => show({ q: q || undefined, state: states.find((each) => each === next) })}
          data={states.map((each) => ({ value: each, label: t(`experiments.state.${each}`) }))}
        />
      </Group>
      <DataTable
        id="experiments"
        label={t('experiments.title')}
        columns={useColumns()}
        list={list}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: '/website/experiments/$id', params: { id: row.id } })}
        empty={
          <EmptyState title={t('experiments.first')} action={make}>
            {t('experiments.firstAdvice')}
          </EmptyState>
        }
      />
      <SettingsDialog opened={setting} onClose={() => setSetting(false)} />
    </>
  );
}

function useColumns(): readonly Column<Experiment>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      id: 'name',
      header: t('experiments.name'),
      cell: (row) => (
        <Link to="/website/experiments/$id" params={{ id: row.id }} className={styles.name}>
          {row.definition.name}
        </Link>
      ),
      text: (row) => row.definition.name,
      fixed: true,
      width: '34%',
    },
    {
      id: 'state',
      header: t('experiments.stateTitle'),
      cell: (row) => <ExperimentState state={row.state} />,
      text: (row) => row.state,
    },
    {
      id: 'kind',
      header: t('experiments.kindTitle'),
      cell: (row) => t(`experiments.kind.${row.definition.kind}`),
      text: (row) => row.definition.kind,
    },
    {
      id: 'started',
      header: t('experiments.started'),
      cell: (row) => (row.startedAt === null ? nothing : format.date(row.startedAt)),
      text: (row) => row.startedAt,
    },
    {
      id: 'stopped',
      header: t('experiments.stopped'),
      cell: (row) => (row.stoppedAt === null ? nothing : format.date(row.stoppedAt)),
      text: (row) => row.stoppedAt,
      optional: true,
    },
    {
      id: 'learning',
      header: t('experiments.learning.title'),
      cell: (row) => (row.learning === null ? nothing : t(`experiments.learning.result.${row.learning.result}`)),
      text: (row) => row.learning?.result,
    },
  ];
}
