import { Alert, Stack, Table, Text, Title } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ImportPreview } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { Num, useFormat } from '../../ui/format/FormatProvider.tsx';
import { JsonView } from '../../ui/JsonView.tsx';
import { reasonText } from '../../ui/reasons.ts';
import { StatRow, StatTile } from '../../ui/StatTile.tsx';
import { ReasonTable } from './ReasonTable.tsx';

/** What would happen: tried on the file, nothing written. */
export function DryRun({ preview, busy }: { preview: ImportPreview; busy: boolean }) {
  const { t, language } = useTranslation();
  const format = useFormat();
  const [first] = preview.sample;
  return (
    <Card
      title={t('dryRun.title')}
      note={
        busy ? t('dryRun.busy') : t(preview.complete ? 'dryRun.complete' : 'dryRun.partial', { count: preview.rows })
      }
    >
      <Stack gap="md" aria-live="polite" aria-busy={busy}>
        {preview.error === null ? null : (
          <Alert color="red" variant="light" title={t('dryRun.stops')} role="alert">
            {preview.error.message}
          </Alert>
        )}
        {preview.sameFile === null ? null : (
          <Alert color="gray" variant="light" icon={<IconInfoCircle aria-hidden="true" />} title={t('dryRun.sameFile')}>
            <Link to="/data/imports/$id" params={{ id: preview.sameFile.importId }}>
              {t('dryRun.sameFileLink', { at: format.dateTime(preview.sameFile.at) })}
            </Link>{' '}
            {t('dryRun.sameFileAdvice')}
          </Alert>
        )}
        <StatRow>
          <StatTile
            label={t('dryRun.rows')}
            definition={t('dryRun.rowsDefinition')}
            value={<Num value={preview.rows} />}
          />
          <StatTile
            label={t('dryRun.valid')}
            definition={t('dryRun.validDefinition')}
            value={<Num value={preview.valid} />}
          />
          <StatTile
            label={t('imports.rejected')}
            definition={t('dryRun.rejectedDefinition')}
            value={<Num value={preview.rejected} />}
          />
        </StatRow>
        <ReasonTable title={t('imports.reasons')} reasons={preview.reasons} />
        <ReasonTable title={t('imports.notices')} reasons={preview.notices} />
        {preview.errors.length === 0 ? null : (
          <div>
            <Title order={3}>{t('dryRun.errors')}</Title>
            <Table.ScrollContainer
              minWidth={480}
              type="native"
              tabIndex={0}
              role="group"
              aria-label={t('dryRun.errors')}
            >
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('dryRun.row')}</Table.Th>
                    <Table.Th>{t('dryRun.reason')}</Table.Th>
                    <Table.Th>{t('dryRun.detail')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {preview.errors.slice(0, 20).map((error) => (
                    <Table.Tr key={`${error.row} ${error.reason} ${error.detail}`}>
                      <Table.Td>
                        <Num value={error.row} />
                      </Table.Td>
                      <Table.Td>{reasonText(error.reason, language)}</Table.Td>
                      <Table.Td>
                        <Text size="sm">{error.detail}</Text>
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          </div>
        )}
        {first === undefined ? null : (
          <details>
            <summary>{t('dryRun.sample', { row: first.row })}</summary>
            <JsonView value={first.events} label={t('dryRun.sample', { row: first.row })} />
          </details>
        )}
      </Stack>
    </Card>
  );
}
