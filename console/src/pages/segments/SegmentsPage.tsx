import { Button, Group, Stack, Switch, Title } from '@mantine/core';
import { IconListDetails, IconPlus } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { SegmentSummary } from '@vitrail/contracts';
import { lazy, Suspense, useState } from 'react';
import { useSegments } from '../../api/segments.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Num, Relative } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { SegmentState } from './SegmentState.tsx';
import styles from './Segments.module.css';
import { TemplateGallery } from './TemplateGallery.tsx';
import { useActorName } from './useActorName.ts';

const route = getRouteApi('/shell/segments');

// Loaded when a segment is chosen.
const SegmentBulk = lazy(() => import('./SegmentBulk.tsx'));

const none: ReadonlySet<string> = new Set();

/** Groups of people, kept up to date by themselves or as lists. */
export function SegmentsPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const { q = '', archived } = route.useSearch();
  const [gallery, setGallery] = useState(false);
  const [chosen, setChosen] = useState(none);
  const mayWrite = can('segments.write');
  const showArchived = archived === 'true';
  const actorName = useActorName();
  const list = useSegments({ q, archived: showArchived });
  const go = (change: { q?: string | undefined; archived?: string | undefined }) => {
    setChosen(none);
    void navigate({ to: '/segments', search: { q: q || undefined, archived, ...change }, replace: true });
  };
  const columns: readonly Column<SegmentSummary>[] = [
    {
      id: 'name',
      header: t('segments.name'),
      cell: (row) => (
        <div>
          <Link to="/segments/$id" params={{ id: row.id }} className={styles.name}>
            {row.name}
          </Link>
          {row.description === '' ? null : <div className={styles.quiet}>{row.description}</div>}
        </div>
      ),
      text: (row) => row.name,
      fixed: true,
      width: '42%',
    },
    {
      id: 'size',
      header: t('segments.size'),
      cell: (row) => <Num value={row.size} />,
      text: (row) => row.size,
      align: 'end',
    },
    {
      id: 'state',
      header: t('segments.stateTitle'),
      cell: (row) => <SegmentState segment={row} />,
      text: (row) => row.state,
    },
    {
      id: 'kind',
      header: t('segments.kindTitle'),
      cell: (row) => t(`segments.segmentKind.${row.kind}`),
      text: (row) => row.kind,
    },
    {
      id: 'version',
      header: t('segments.version'),
      cell: (row) => <Num value={row.version} />,
      text: (row) => row.version,
      align: 'end',
      optional: true,
    },
    {
      id: 'by',
      header: t('segments.createdBy'),
      cell: (row) => actorName(row.createdBy),
      text: (row) => actorName(row.createdBy),
      optional: true,
    },
    {
      id: 'updated',
      header: t('segments.updated'),
      cell: (row) => <Relative at={row.updatedAt} />,
      text: (row) => row.updatedAt,
      align: 'end',
    },
  ];
  return (
    <>
      <PageHeader
        title={t('segments.title')}
        purpose={t('segments.purpose')}
        actions={
          mayWrite ? (
            <>
              <Button
                variant="default"
                component={Link}
                to="/segments/list"
                leftSection={<IconListDetails size={16} aria-hidden="true" />}
              >
                {t('segments.newList')}
              </Button>
              <Button component={Link} to="/segments/new" leftSection={<IconPlus size={16} aria-hidden="true" />}>
                {t('segments.new')}
              </Button>
            </>
          ) : undefined
        }
      />
      <DataTable
        id="segments"
        views
        label={t('segments.title')}
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: '/segments/$id', params: { id: row.id } })}
        choice={
          mayWrite
            ? {
                chosen,
                onChange: setChosen,
                nameOf: (row) => row.name,
                bar: (
                  <Suspense>
                    <SegmentBulk
                      chosen={list.rows.filter(({ id }) => chosen.has(id))}
                      archived={showArchived}
                      onClear={() => setChosen(none)}
                    />
                  </Suspense>
                ),
              }
            : undefined
        }
        filters={
          <Group gap="md" className={styles.filters}>
            <SearchField
              label={t('segments.search')}
              value={q}
              onSearch={(next) => go({ q: next === '' ? undefined : next })}
            />
            <Switch
              size="xs"
              label={t('segments.showArchived')}
              checked={showArchived}
              onChange={(event) => go({ archived: event.currentTarget.checked ? 'true' : undefined })}
            />
          </Group>
        }
        empty={
          q !== '' ? (
            <EmptyState title={t('segments.noMatch')} />
          ) : showArchived ? (
            <EmptyState title={t('segments.noArchived')} />
          ) : (
            <Stack gap="lg">
              <EmptyState title={t('segments.first')}>{t('segments.firstAdvice')}</EmptyState>
              {mayWrite ? <TemplateGallery /> : null}
            </Stack>
          )
        }
      />
      {list.rows.length > 0 && mayWrite && !showArchived ? (
        <Stack mt="xl" gap="sm">
          <Group justify="space-between">
            <Title order={2}>{t('segments.templates')}</Title>
            <Button size="compact-sm" variant="default" aria-expanded={gallery} onClick={() => setGallery(!gallery)}>
              {t(gallery ? 'segments.templatesHide' : 'segments.templatesShow')}
            </Button>
          </Group>
          {gallery ? <TemplateGallery /> : null}
        </Stack>
      ) : null}
    </>
  );
}
