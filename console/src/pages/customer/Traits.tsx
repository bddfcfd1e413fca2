import { Stack, Text } from '@mantine/core';
import type { Profile } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { DateTime, Relative, useFormat } from '../../ui/format/FormatProvider.tsx';
import { SourceOf } from '../../ui/SourceOf.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { valueText } from '../../ui/value.ts';
import styles from './Traits.module.css';
import { addressText, traitLabel } from './traitWords.ts';

type Trait = Profile['traits'][string];
type Row = Trait & { readonly name: string };

/** What is known about a person: value, who said so, when, and what was said before. */
export default function Traits({ profile }: { profile: Profile }) {
  const { t, language } = useTranslation();
  const format = useFormat();
  const words = [t('value.yes'), t('value.no')] as const;
  const show = (value: unknown) => valueText(value, format, words);
  const showAddress = (value: unknown) => addressText(value, format) ?? show(value);
  const rows: Row[] = Object.entries(profile.traits)
    .map(([name, trait]) => ({ name, ...trait }))
    .sort((one, other) => one.name.localeCompare(other.name));
  const columns: readonly Column<Row>[] = [
    {
      id: 'name',
      header: t('traits.name'),
      cell: (row) => traitLabel(row.name, language),
      text: (row) => row.name,
      fixed: true,
      width: '24%',
    },
    {
      id: 'value',
      header: t('traits.value'),
      cell: (row) => <TraitValue trait={row} show={row.name === 'address' ? showAddress : show} />,
      text: (row) => show(row.value),
      fixed: true,
    },
    {
      id: 'source',
      header: t('traits.source'),
      cell: (row) => <SourceOf id={row.source} />,
      text: (row) => row.source,
    },
    { id: 'at', header: t('traits.at'), cell: (row) => <Relative at={row.at} />, text: (row) => row.at, align: 'end' },
  ];
  return (
    <DataTable
      id="traits"
      label={t('customer.tab.traits')}
      columns={columns}
      list={{
        rows,
        isLoading: false,
        error: null,
        hasMore: false,
        isLoadingMore: false,
        loadMore: () => undefined,
        retry: () => undefined,
        loadedAt: Date.now(),
      }}
      rowKey={(row) => row.name}
      empty={<EmptyState title={t('traits.none')}>{t('traits.noneAdvice')}</EmptyState>}
    />
  );
}

function TraitValue({ trait, show }: { trait: Trait; show: (value: unknown) => string }) {
  const { t } = useTranslation();
  const former = trait.former ?? [];
  return (
    <Stack gap={2}>
      <span>{show(trait.value)}</span>
      {trait.problem === undefined ? null : (
        <span>
          <StatusBadge tone="warn">{t(`traitProblem.${problemOf(trait.problem)}`)}</StatusBadge>
        </span>
      )}
      {trait.raw === undefined ? null : (
        <Text size="xs" c="dimmed">
          {t('traits.raw', { value: show(trait.raw) })}
        </Text>
      )}
      {former.length === 0 ? null : (
        <details className={styles.former}>
          <summary>{t('traits.former', { count: former.length })}</summary>
          <ul>
            {former.map((one) => (
              <li key={`${one.at} ${one.replacedAt}`}>
                <s>{show(one.value)}</s> <SourceOf id={one.source} />{' '}
                <Text component="span" size="xs" c="dimmed">
                  {t('traits.until')} <DateTime at={one.replacedAt} />
                </Text>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Stack>
  );
}

const problems = ['invalid_email', 'invalid_phone', 'invalid_date', 'invalid_postal_code'] as const;
const problemOf = (text: string) => problems.find((one) => one === text) ?? 'other';
