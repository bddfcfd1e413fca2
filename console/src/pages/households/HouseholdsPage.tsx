import { Button, Group, SegmentedControl, Select, UnstyledButton } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { HouseholdListItem } from '@vitrail/contracts';
import { useHouseholdCount, useHouseholds } from '../../api/households.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Num, nothing, useFormat } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { PersonMosaic, usePersonName } from '../../ui/PersonName.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { addressText } from '../matching/HouseholdCard.tsx';
import { HouseholdDrawer } from './HouseholdDrawer.tsx';
import styles from './Households.module.css';

const route = getRouteApi('/shell/households');
const sizes = ['2', '3', '4', '5'];
/** Mosaics drawn of each household. */
const faces = 4;

/** People who live together, as the last comparison found them. */
export function HouseholdsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { can } = useSession();
  const search = route.useSearch();
  const { sort = 'value', size = 2, open } = search;
  const navigate = useNavigate();
  const list = useHouseholds({ sort, size });
  const counted = useHouseholdCount(size);
  const go = (change: Partial<typeof search>) =>
    void navigate({ to: '/households', search: { ...search, ...change }, replace: true });
  const show = (row: HouseholdListItem) => go({ open: row.members[0]?.profile.id });
  const columns = useHouseholdColumns(show);
  return (
    <>
      <PageHeader
        title={t('households.title')}
        purpose={
          counted?.foundAt == null
            ? t('households.purpose')
            : t('households.summary', { count: counted.households, at: format.dateTime(counted.foundAt) })
        }
        actions={
          can('segments.write') && list.rows.length > 0 ? (
            <Button
              variant="default"
              renderRoot={(props) => <Link to="/segments/new" search={{ template: 'household' }} {...props} />}
            >
              {t('households.segment')}
            </Button>
          ) : undefined
        }
      />
      <DataTable
        id="households"
        label={t('households.title')}
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        onOpen={show}
        total={counted?.households}
        filters={
          <Group gap="sm">
            <SegmentedControl
              aria-label={t('households.sort')}
              size="xs"
              value={sort}
              onChange={(value) => go({ sort: value === 'size' ? 'size' : undefined })}
              data={[
                { value: 'value', label: t('households.byValue') },
                { value: 'size', label: t('households.bySize') },
              ]}
            />
            <Select
              aria-label={t('households.least')}
              size="xs"
              w={170}
              value={String(size)}
              onChange={(value) => go({ size: value === null || value === '2' ? undefined : Number(value) })}
              data={sizes.map((value) => ({ value, label: t('households.atLeast', { count: Number(value) }) }))}
              allowDeselect={false}
            />
          </Group>
        }
        empty={
          size > 2 ? (
            <EmptyState title={t('households.noMatch')} />
          ) : (
            <EmptyState
              title={t('households.none')}
              action={
                <Button component={Link} to="/matching">
                  {t('households.noneAction')}
                </Button>
              }
            >
              {t('households.noneAdvice')}
            </EmptyState>
          )
        }
      />
      {open === undefined ? null : <HouseholdDrawer profile={open} onClose={() => go({ open: undefined })} />}
    </>
  );
}

function useHouseholdColumns(show: (row: HouseholdListItem) => void): readonly Column<HouseholdListItem>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = usePersonName();
  const namesOf = ({ members, size }: HouseholdListItem): string => {
    const names = members.map(({ profile }) => nameOf(profile)).join(', ');
    return size > members.length ? t('households.andMore', { names, count: size - members.length }) : names;
  };
  return [
    {
      id: 'members',
      header: t('households.members'),
      cell: (row) => (
        <div className={styles.household}>
          <span className={styles.faces}>
            {row.members.slice(0, faces).map(({ profile }) => (
              <PersonMosaic key={profile.id} person={profile} size={24} decorative />
            ))}
          </span>
          <UnstyledButton className={styles.names} onClick={() => show(row)}>
            {namesOf(row)}
          </UnstyledButton>
        </div>
      ),
      text: namesOf,
      fixed: true,
      width: '42%',
    },
    {
      id: 'address',
      header: t('households.address'),
      cell: (row) => addressText(row.address, format) ?? nothing,
      text: (row) => addressText(row.address, format),
    },
    {
      id: 'size',
      header: t('households.size'),
      cell: (row) => <Num value={row.size} />,
      text: (row) => row.size,
      align: 'end',
    },
    {
      id: 'value',
      header: t('households.value'),
      cell: (row) => <span title={t('households.valueDefinition')}>{format.money(row.value, row.currency)}</span>,
      text: (row) => row.value,
      align: 'end',
    },
  ];
}
