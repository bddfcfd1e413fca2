import { Anchor, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ImportKind, ImportMapping, ImportOptions, ImportPreview } from '@vitrail/contracts';
import { useRef, useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { type ImportRequest, previewImport, startImport } from '../../api/imports.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { ChooseFile } from './ChooseFile.tsx';
import { DryRun } from './DryRun.tsx';
import styles from './Imports.module.css';
import { MappingTable } from './MappingTable.tsx';
import { isOfPartner, ReadingOptions } from './ReadingOptions.tsx';

interface Draft {
  readonly kind: ImportKind | null;
  readonly mapping: ImportMapping | null;
  readonly options: ImportOptions;
}
const blank: Draft = { kind: null, mapping: null, options: {} };

/** From a file to an import: read it, say what it is, look at the dry run, go. */
export function NewImportPage() {
  const { t } = useTranslation();
  const api = useApi();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [sent, setSent] = useState(0);
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [draft, setDraft] = useState<Draft>(blank);
  const running = useRef<AbortController | null>(null);
  const trial = useMutation({
    mutationFn: (request: ImportRequest) => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      return previewImport(api, request, {
        signal: controller.signal,
        onProgress: (done, total) => setSent(total === 0 ? 0 : done / total),
      });
    },
    onSuccess: setPreview,
  });
  const start = useMutation({
    mutationFn: (request: ImportRequest) => startImport(api, request),
    onSuccess: ({ id }) => {
      void queryClient.invalidateQueries({ queryKey: ['imports'] });
      return navigate({ to: '/data/imports/$id', params: { id } });
    },
  });
  const choose = (file: File) => {
    setSent(0);
    setPreview(null);
    trial.mutate({ ...draft, file, upload: null });
  };
  /** Tries the same file again, read or mapped differently. */
  const change = (next: Partial<Draft>) => {
    if (preview === null) return;
    const merged = { ...draft, ...next };
    setDraft(merged);
    trial.mutate({ ...merged, file: null, upload: preview.upload });
  };
  const reset = () => {
    running.current?.abort();
    trial.reset();
    start.reset();
    setPreview(null);
    setDraft(blank);
  };
  const aborted = trial.error instanceof DOMException && trial.error.name === 'AbortError';
  return (
    <>
      <Anchor component={Link} to="/data/imports" size="sm" c="dimmed" className={styles.back}>
        <IconArrowLeft size={14} aria-hidden="true" /> {t('place.imports')}
      </Anchor>
      <PageHeader title={t('importNew.title')} purpose={t('importNew.purpose')} />
      <Stack gap="lg">
        {trial.error === null || aborted ? null : <ProblemAlert error={trial.error} />}
        {preview === null ? (
          trial.isPending ? (
            <Stack gap="xs" role="status">
              <Text>{t(sent < 1 ? 'importNew.sending' : 'importNew.reading')}</Text>
              <Progress value={sent < 1 ? sent * 100 : 100} animated={sent >= 1} aria-label={t('importNew.sending')} />
              <Group>
                <Button variant="default" size="compact-sm" onClick={reset}>
                  {t('action.cancel')}
                </Button>
              </Group>
            </Stack>
          ) : (
            <ChooseFile kind={draft.kind} onKind={(kind) => setDraft({ ...draft, kind })} onFile={choose} />
          )
        ) : (
          <>
            <ReadingOptions
              preview={preview}
              busy={trial.isPending}
              onKind={(kind) => change({ kind, mapping: null })}
              onOptions={(options) => change({ options: { ...draft.options, ...options } })}
              onReset={reset}
            />
            <MappingTable preview={preview} onChange={(mapping) => change({ kind: preview.kind, mapping })} />
            <DryRun preview={preview} busy={trial.isPending} />
            {start.error === null ? null : <ProblemAlert error={start.error} />}
            <Group justify="flex-end" className={styles.foot}>
              <Button variant="default" onClick={reset}>
                {t('importNew.other')}
              </Button>
              <Button
                disabled={
                  trial.isPending ||
                  preview.missing.length > 0 ||
                  preview.error !== null ||
                  (isOfPartner(preview.kind) && preview.settings.provider === undefined)
                }
                loading={start.isPending}
                onClick={() =>
                  start.mutate({
                    kind: preview.kind,
                    mapping: draft.mapping ?? preview.settings.mapping,
                    options: draft.options,
                    file: null,
                    upload: preview.upload,
                  })
                }
              >
                {t('importNew.start')}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </>
  );
}
