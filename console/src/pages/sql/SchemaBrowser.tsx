import { Stack, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { sqlViews } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { sqlSchemaQuery } from '../../api/sql.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import styles from './Sql.module.css';

const plainType = (type: string): string =>
  type.replace(/LowCardinality\(([^()]*)\)/g, '$1').replace(/DateTime64\([^)]*\)/, 'DateTime');

/** What can be asked for; a click puts the name into the statement. */
export function SchemaBrowser({ onPick }: { onPick: (name: string) => void }) {
  const { t, language } = useTranslation();
  const schema = useQuery(sqlSchemaQuery(useApi())).data;
  const isMasked = (view: string, column: string): boolean =>
    schema?.views.find(({ name }) => name === view)?.columns.find(({ name }) => name === column)?.masked ?? false;
  return (
    <Card title={t('sql.schema')} note={t('sql.schemaNote', { zone: schema?.timeZone ?? '…' })}>
      {sqlViews.map((view) => (
        <details key={view.name} className={styles.view} open={view.name === 'orders'}>
          <summary className={styles.columnName}>{view.name}</summary>
          <Text size="xs" c="dimmed" mt={4}>
            {view[language]}
          </Text>
          <ul className={styles.columnList}>
            {view.columns.map((column) => (
              <li key={column.name}>
                <UnstyledButton className={styles.column} onClick={() => onPick(column.name)}>
                  <Stack gap={0}>
                    <span>
                      <span className={styles.columnName}>{column.name}</span>{' '}
                      <span className={styles.columnNote}>{plainType(column.type)}</span>{' '}
                      {isMasked(view.name, column.name) ? (
                        <span className={styles.columnNote}>({t('sql.masked')})</span>
                      ) : null}
                    </span>
                    <span className={styles.columnNote}>{column[language]}</span>
                  </Stack>
                </UnstyledButton>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </Card>
  );
}
