import { Alert, Select, Table, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type ImportMapping, type ImportPreview, importFields } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { fieldChoices } from './fieldChoices.ts';
import styles from './Imports.module.css';

interface MappingTableProps {
  readonly preview: ImportPreview;
  readonly onChange: (mapping: ImportMapping) => void;
}

/** Which column is what, with values from the file to judge by. */
export function MappingTable({ preview, onChange }: MappingTableProps) {
  const { t, language } = useTranslation();
  const format = useFormat();
  const words = {
    language: language,
    fields: t('mapping.fields'),
    others: t('mapping.others'),
    ignore: t('mapping.ignore'),
    keep: (column: string) => t(preview.kind === 'people' ? 'mapping.trait' : 'mapping.property', { column }),
    id: (column: string) => t('mapping.id', { column }),
  };
  const labelOf = (name: string) => {
    const label = importFields[preview.kind].find((field) => field.name === name)?.label;
    return label === undefined ? name : language === 'fr' ? label.fr : label.en;
  };
  const set = (column: string, field: string) =>
    onChange({
      ...Object.fromEntries(preview.columns.map((one) => [one.name, one.field ?? 'ignore'])),
      [column]: field,
    });
  return (
    <Card title={t('mapping.title')} note={t('mapping.note')}>
      {preview.missing.length === 0 ? null : (
        <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden="true" />} mb="sm" role="alert">
          {t('mapping.missing', { fields: format.list(preview.missing.map(labelOf)) })}
        </Alert>
      )}
      <Table.ScrollContainer minWidth={520} type="native" tabIndex={0} role="group" aria-label={t('mapping.title')}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('mapping.column')}</Table.Th>
              <Table.Th>{t('mapping.samples')}</Table.Th>
              <Table.Th w="38%">{t('mapping.field')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {preview.columns.map((column) => (
              <Table.Tr key={column.name}>
                <Table.Th scope="row" fw={500}>
                  {column.name}
                </Table.Th>
                <Table.Td>
                  <Text size="sm" c="dimmed" className={styles.samples}>
                    {column.samples.slice(0, 3).join(' · ')}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <Select
                    aria-label={t('mapping.fieldOf', { column: column.name })}
                    searchable
                    data={fieldChoices(preview.kind, column.name, column.field, words)}
                    value={column.field ?? 'ignore'}
                    onChange={(field) => {
                      if (field !== null) set(column.name, field);
                    }}
                    description={column.by === 'values' ? t('mapping.byValues') : undefined}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  );
}
