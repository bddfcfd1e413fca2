import { useNavigate } from '@tanstack/react-router';
import type { MatchKind, Review } from '@vitrail/contracts';
import { useReviews } from '../../../api/reviews.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Money, nothing, Relative, useFormat } from '../../../ui/format/FormatProvider.tsx';
import { StatusBadge, type Tone } from '../../../ui/StatusBadge.tsx';
import type { Column } from '../../../ui/table/columns.ts';
import { DataTable } from '../../../ui/table/DataTable.tsx';
import { probabilityText } from '../matchWords.ts';
import { Side, useSideName } from '../Side.tsx';

const tones: Readonly<Record<Review['state'], Tone>> = {
  open: 'quiet',
  second: 'warn',
  merged: 'good',
  distinct: 'quiet',
  unsure: 'warn',
  stale: 'quiet',
};

/** Questions that are answered, newest first: each can be opened, and most taken back. */
export function DecidedList({ kind, state }: { kind: MatchKind; state: 'closed' | 'unsure' }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useSideName();
  const navigate = useNavigate();
  const list = useReviews({ state, kind, mine: false });
  const lastBy = (row: Review): string | null => row.votes.at(-1)?.by.name ?? null;
  const columns: readonly Column<Review>[] = [
    {
      id: 'left',
      header: t('review.left'),
      cell: (row) => <Side side={row.left} />,
      text: (row) => nameOf(row.left),
      fixed: true,
      width: '26%',
    },
    {
      id: 'right',
      header: t('review.right'),
      cell: (row) => <Side side={row.right} />,
      text: (row) => nameOf(row.right),
      fixed: true,
      width: '26%',
    },
    {
      id: 'state',
      header: t('review.answered'),
      cell: (row) => <StatusBadge tone={tones[row.state]}>{t(`review.state.${row.state}`)}</StatusBadge>,
      text: (row) => t(`review.state.${row.state}`),
    },
    {
      id: 'probability',
      header: t('review.probability'),
      cell: (row) => probabilityText(row.probability, format),
      text: (row) => row.probability,
      align: 'end',
    },
    {
      id: 'value',
      header: t('review.value'),
      cell: (row) => <Money amount={row.value} currency={row.currency} />,
      text: (row) => row.value,
      align: 'end',
      optional: true,
    },
    {
      id: 'by',
      header: t('review.by'),
      cell: (row) => lastBy(row) ?? nothing,
      text: lastBy,
    },
    {
      id: 'at',
      header: t('review.when'),
      cell: (row) => <Relative at={row.closedAt} />,
      text: (row) => row.closedAt,
      align: 'end',
    },
  ];
  return (
    <DataTable
      id={`reviews-${state}`}
      label={t(`review.tab.${state}`)}
      columns={columns}
      list={list}
      rowKey={(row) => String(row.id)}
      onOpen={(row) =>
        void navigate({ to: '/reviews', search: { ...(kind === 'people' ? {} : { kind }), id: row.id } })
      }
      empty={<EmptyState title={t(`review.noneOf.${state}`)}>{t(`review.noneOfAdvice.${state}`)}</EmptyState>}
    />
  );
}
