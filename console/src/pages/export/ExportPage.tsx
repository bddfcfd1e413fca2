import { Alert, Button, Group, Progress, Radio, Stack, Text, TextInput } from '@mantine/core';
import { IconDownload, IconLock } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type ExportName, exportFormatSchema, exportNames } from '@vitrail/contracts';
import { useRef, useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { downloadExport } from '../../api/export.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { saveFile } from '../../ui/csv.ts';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { notifications } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import styles from './Export.module.css';

const ranged: readonly ExportName[] = ['events', 'dropped-events', 'orders', 'order-lines'];

/** Your data, all of it, in files any tool reads. */
export function ExportPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { can } = useSession();
  const api = useApi();
  const [chosen, setChosen] = useState<'parquet' | 'ndjson'>('parquet');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [bytes, setBytes] = useState(0);
  const running = useRef<AbortController | null>(null);
  const download = useMutation({
    mutationFn: async (name: ExportName) => {
      const controller = new AbortController();
      running.current = controller;
      setBytes(0);
      const query = { format: chosen, ...(ranged.includes(name) ? { from, to } : {}) };
      return {
        name,
        blob: await downloadExport(api, name, query, { signal: controller.signal, onProgress: setBytes }),
      };
    },
    onSuccess: ({ name, blob }) => {
      saveFile(`${name}.${chosen}`, blob);
      notifications.show({
        message: t('export.done', { name: t(`exportName.${name}`), size: format.bytes(blob.size) }),
      });
    },
  });
  const stopped = download.error instanceof DOMException;
  return (
    <>
      <PageHeader title={t('place.export')} purpose={t('export.purpose')} />
      <Stack gap="lg">
        {can('personal.read') ? null : (
          <Alert color="gray" icon={<IconLock aria-hidden="true" />}>
            {t('export.masked')}
          </Alert>
        )}
        <Card title={t('export.how')}>
          <Group align="flex-end" gap="lg">
            <Radio.Group
              label={t('export.format')}
              value={chosen}
              onChange={(value) => setChosen(exportFormatSchema.parse(value))}
            >
              <Group mt="xs">
                <Radio value="parquet" label="Parquet" description={t('export.parquet')} />
                <Radio value="ndjson" label="NDJSON" description={t('export.ndjson')} />
              </Group>
            </Radio.Group>
            <TextInput
              type="date"
              label={t('export.from')}
              value={from}
              max={to}
              onChange={(event) => setFrom(event.currentTarget.value)}
            />
            <TextInput
              type="date"
              label={t('export.to')}
              description={t('export.toHint')}
              value={to}
              min={from}
              onChange={(event) => setTo(event.currentTarget.value)}
            />
          </Group>
        </Card>
        {download.error === null || stopped ? null : <ProblemAlert error={download.error} />}
        {download.isPending ? (
          <Card title={t('export.running', { name: t(`exportName.${download.variables}`) })}>
            <Stack gap="xs">
              <Progress
                value={100}
                animated
                aria-label={t('export.running', { name: t(`exportName.${download.variables}`) })}
              />
              <Group justify="space-between">
                <Text size="sm" className="vt-figures" role="status">
                  {t('export.received', { size: format.bytes(bytes) })}
                </Text>
                <Button variant="default" size="compact-sm" onClick={() => running.current?.abort()}>
                  {t('action.cancel')}
                </Button>
              </Group>
            </Stack>
          </Card>
        ) : null}
        <Card title={t('export.what')} flush>
          <ul className={styles.list}>
            {exportNames.map((name) => (
              <li key={name} className={styles.row}>
                <div>
                  <Text fw={500}>{t(`exportName.${name}`)}</Text>
                  <Text size="sm" c="dimmed">
                    {t(`exportHint.${name}`)}{' '}
                    {ranged.includes(name) && (from !== '' || to !== '') ? t('export.ranged') : ''}
                  </Text>
                </div>
                <Button
                  variant="default"
                  leftSection={<IconDownload size={16} aria-hidden="true" />}
                  disabled={download.isPending}
                  onClick={() => download.mutate(name)}
                  aria-label={t('export.downloadOne', { name: t(`exportName.${name}`) })}
                >
                  {t('export.download')}
                </Button>
              </li>
            ))}
          </ul>
        </Card>
      </Stack>
    </>
  );
}
