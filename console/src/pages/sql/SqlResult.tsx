import { Alert, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type SqlAnswer, sqlLimits } from '@vitrail/contracts';
import { useMemo } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import styles from './Sql.module.css';

interface Row {
  readonly at: string;
  readonly cells: readonly unknown[];
}

/** As text: what JSON has no word for is JSON itself. */
const textOf = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);

function Cell({ name, value }: { name: string; value: unknown }) {
  const format = useFormat();
  if (value === null || value === undefined) return <span className={styles.nothing}>null</span>;
  if (/(^|\.)person_id$/.test(name) && typeof value === 'string')
    return (
      <Link to="/customers/$id" params={{ id: value }}>
        {value}
      </Link>
    );
  if (typeof value === 'number') return <span className={styles.value}>{format.number(value, 6)}</span>;
  return <span className={styles.value}>{textOf(value)}</span>;
}

/** The rows of an answer, as a table and as CSV. */
export function SqlResult({ answer, loadedAt }: { answer: SqlAnswer; loadedAt: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = useMemo(() => answer.rows.map((cells, at): Row => ({ at: String(at), cells })), [answer]);
  const columns = useMemo(
    () =>
      answer.columns.map(
        ({ name, type }, at): Column<Row> => ({
          id: `${at} ${name}`,
          header: name,
          cell: ({ cells }) => <Cell name={name} value={cells[at]} />,
          text: ({ cells }) => {
            const value = cells[at];
            return typeof value === 'number' || value === null || value === undefined ? value : textOf(value);
          },
          ...(/^(Nullable\()?(U?Int|Float|Decimal)/.test(type) && name !== 'person_id' ? { align: 'end' } : {}),
        }),
      ),
    [answer],
  );
  return (
    <Card
      title={t('sql.answer')}
      note={t('sql.took', { ms: answer.ms, at: format.dateTime(answer.at), rows: answer.rows.length })}
    >
      {answer.truncated ? (
        <Alert variant="light" mb="sm">
          <Text size="sm">{t('sql.truncated', { count: sqlLimits.rows })}</Text>
        </Alert>
      ) : null}
      <div className={styles.result}>
        <DataTable
          id="sql"
          label={t('sql.answer')}
          columns={columns}
          rowKey={(row) => row.at}
          list={{
            rows,
            isLoading: false,
            error: null,
            hasMore: false,
            isLoadingMore: false,
            loadMore: () => undefined,
            retry: () => undefined,
            loadedAt,
          }}
          empty={<EmptyState title={t('sql.noRows')}>{t('sql.noRowsAdvice')}</EmptyState>}
        />
      </div>
    </Card>
  );
}
