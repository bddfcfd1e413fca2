import { Alert, Anchor, Button, Skeleton, Stack, Text } from '@mantine/core';
import { IconArrowLeft, IconDownload, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Import } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { cancelImport, downloadRejects, importQuery, isRunning, resumeImport } from '../../api/imports.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { saveFile } from '../../ui/csv.ts';
import { Num, useFormat } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { StatRow, StatTile } from '../../ui/StatTile.tsx';
import { ImportState } from './ImportState.tsx';
import styles from './Imports.module.css';
import { shareOf } from './progress.ts';
import { ReasonTable } from './ReasonTable.tsx';

const route = getRouteApi('/shell/data/imports/$id');

/** One import: how far, what came in, what did not and why. */
export function ImportPage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const one = useQuery(importQuery(useApi(), id));
  return (
    <>
      <Anchor component={Link} to="/data/imports" size="sm" c="dimmed" className={styles.back}>
        <IconArrowLeft size={14} aria-hidden="true" /> {t('place.imports')}
      </Anchor>
      {one.isPending ? <Skeleton height={240} /> : null}
      {one.data === undefined && one.error !== null ? (
        <ProblemAlert error={one.error} onRetry={() => void one.refetch()} />
      ) : null}
      {one.data === undefined ? null : <Outcome one={one.data} />}
    </>
  );
}

function Outcome({ one }: { one: Import }) {
  const { t } = useTranslation();
  const format = useFormat();
  const running = isRunning(one.state);
  return (
    <>
      <PageHeader
        title={one.fileName}
        purpose={t('imports.summary', {
          kind: t(`importKind.${one.kind}`),
          size: format.bytes(one.fileBytes),
          at: format.dateTime(one.createdAt),
        })}
        actions={<ImportActions one={one} />}
      />
      <Stack gap="lg">
        <Card title={t('imports.state')} actions={<ImportState state={one.state} />}>
          {running ? (
            <Stack gap="xs">
              <Text size="sm" role="status">
                {t(`importPhase.${one.phase}`)}
              </Text>
              <ProgressLine
                share={shareOf(one)}
                label={t(`importPhase.${one.phase}`)}
                rate={one.rowsPerSecond}
                secondsLeft={one.secondsLeft}
              />
            </Stack>
          ) : (
            <Text size="sm" role="status">
              {t(`imports.after.${one.state}`, { count: one.accepted, rejected: one.rejected })}
            </Text>
          )}
          {one.error === null ? null : (
            <Alert color="red" variant="light" mt="sm" title={t('imports.stopped')} role="alert">
              {one.error.message} ({one.error.code})
            </Alert>
          )}
        </Card>
        <StatRow>
          <StatTile
            label={t('imports.rows')}
            definition={t('imports.rowsDefinition')}
            value={<Num value={one.rows} />}
            note={one.rowsTotal === null ? undefined : t('imports.ofRows', { count: one.rowsTotal })}
          />
          <StatTile
            label={t('imports.accepted')}
            definition={t('imports.acceptedDefinition')}
            value={<Num value={one.accepted} />}
            note={one.duplicates === 0 ? undefined : t('imports.already', { count: one.duplicates })}
          />
          <StatTile
            label={t('imports.rejected')}
            definition={t('imports.rejectedDefinition')}
            value={<Num value={one.rejected} />}
          />
        </StatRow>
        {one.rejected + Object.keys(one.notices).length === 0 ? null : (
          <Card title={t('imports.notTaken')}>
            <Stack gap="md">
              <ReasonTable title={t('imports.reasons')} reasons={one.reasons} />
              <ReasonTable title={t('imports.notices')} reasons={one.notices} />
            </Stack>
          </Card>
        )}
      </Stack>
    </>
  );
}

function ImportActions({ one }: { one: Import }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const refresh = () =>
    Promise.all(['import', 'imports'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })));
  const resume = useMutation({ mutationFn: () => resumeImport(api, one.id), onSuccess: refresh });
  const rejects = useMutation({
    mutationFn: () => downloadRejects(api, one.id),
    onSuccess: (blob) => saveFile(`rejects-${one.fileName.replace(/\.\w+(\.gz)?$/, '')}.csv`, blob),
  });
  const problem = resume.error ?? rejects.error;
  return (
    <>
      {one.rejected > 0 ? (
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden="true" />}
          loading={rejects.isPending}
          onClick={() => rejects.mutate()}
        >
          {t('imports.rejects')}
        </Button>
      ) : null}
      {can('data.write') && one.resumable && !isRunning(one.state) ? (
        <Button
          leftSection={<IconPlayerPlay size={16} aria-hidden="true" />}
          loading={resume.isPending}
          onClick={() => resume.mutate()}
        >
          {t('imports.resume')}
        </Button>
      ) : null}
      {can('data.write') && isRunning(one.state) ? (
        <Button variant="default" leftSection={<IconX size={16} aria-hidden="true" />} onClick={() => setAsking(true)}>
          {t('imports.cancel')}
        </Button>
      ) : null}
      {problem === null ? null : <ProblemAlert error={problem} />}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('imports.cancelTitle')}
        confirmLabel={t('imports.cancel')}
        onConfirm={() => cancelImport(api, one.id).then(refresh)}
      >
        <Text>{t('imports.cancelAdvice', { count: one.accepted })}</Text>
      </ConfirmDialog>
    </>
  );
}
