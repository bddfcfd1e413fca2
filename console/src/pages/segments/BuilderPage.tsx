import { Anchor, Button, Skeleton, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { SegmentNode } from '@vitrail/contracts';
import { type ReactNode, useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { ApiError } from '../../api/problem.ts';
import { changeSegment, createSegment, segmentQuery } from '../../api/segments.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { notifications } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { Builder, type Written } from './builder/Builder.tsx';
import { WordsProvider } from './builder/vocabulary.tsx';
import { draftKey, forgetDraft, keepDraft, readDraft } from './keptDraft.ts';
import { MeanwhileDialog } from './MeanwhileDialog.tsx';
import styles from './Segments.module.css';
import { findTemplate } from './templates.ts';

const newRoute = getRouteApi('/shell/segments/new');
const editRoute = getRouteApi('/shell/segments/$id/edit');

const everybody: SegmentNode = { kind: 'all', of: [] };

/** A segment that is not there yet: empty, from a template, or as a copy of another. */
export function NewSegmentPage() {
  const { template, copy } = newRoute.useSearch();
  const { language } = useTranslation();
  const known = template === undefined ? null : findTemplate(template);
  if (copy !== undefined) return <CopyPage id={copy} />;
  const start =
    known === null
      ? { name: '', description: '', definition: everybody }
      : { name: known.name[language], description: known.purpose[language], definition: known.definition };
  return <BuilderFrame key={template ?? ''} part={template ?? 'new'} start={start} />;
}

function CopyPage({ id }: { id: string }) {
  const { t } = useTranslation();
  return (
    <Loaded id={id}>
      {({ name, description, definition }) => (
        <BuilderFrame part={`copy-${id}`} start={{ name: t('segments.copyOf', { name }), description, definition }} />
      )}
    </Loaded>
  );
}

/** A new version of a segment. */
export function EditSegmentPage() {
  const { id } = editRoute.useParams();
  const client = useQueryClient();
  const [round, setRound] = useState(0);
  const reload = () => client.refetchQueries({ queryKey: ['segments'] }).then(() => setRound(round + 1));
  return (
    <Loaded key={round} id={id}>
      {(start, version) => <EditFrame id={id} start={start} version={version} onReload={reload} />}
    </Loaded>
  );
}

/** Edits what was read first: a version that somebody saves meanwhile must not slip under what is being written. */
function EditFrame(first: { id: string; start: Written; version: number; onReload: () => Promise<void> }) {
  const [{ id, start, version }] = useState(first);
  return <BuilderFrame edited={{ id, version, onReload: first.onReload }} part={id} start={start} />;
}

/** Reads a segment once: later changes of its size must not disturb what is being written. */
function Loaded({ id, children }: { id: string; children: (start: Written, version: number) => ReactNode }) {
  const segment = useQuery({ ...segmentQuery(useApi(), id), refetchInterval: false, refetchOnWindowFocus: false });
  if (segment.isPending) return <Skeleton height={420} aria-busy="true" />;
  if (segment.data === undefined) return <ProblemAlert error={segment.error} onRetry={() => void segment.refetch()} />;
  const { name, description, definition, version } = segment.data;
  return children({ name, description, definition: definition ?? everybody }, version);
}

interface BuilderFrameProps {
  /** The segment that gets a new version, and the one it had; none for a new one. */
  readonly edited?: { readonly id: string; readonly version: number; readonly onReload: () => Promise<void> };
  /** Names what is kept of an unfinished draft. */
  readonly part: string;
  readonly start: Written;
}

function BuilderFrame({ edited, part, start }: BuilderFrameProps) {
  const id = edited?.id;
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { workspace } = useSession();
  const key = draftKey(workspace.id, part);
  const [kept, setKept] = useState(() => readDraft(key));
  const [meanwhile, setMeanwhile] = useState<{ mine: Written; version: number } | null>(null);
  const saveOn = async (written: Written, version: number | undefined) => {
    const target = id ?? (await createSegment(api, written)).id;
    if (id !== undefined) await changeSegment(api, id, { ...written, basedOn: version });
    forgetDraft(key);
    await client.invalidateQueries({ queryKey: ['segments'] });
    notifications.show({
      message: t(id === undefined ? 'segments.created' : 'segments.changed', { name: written.name }),
    });
    await navigate({ to: '/segments/$id', params: { id: target } });
  };
  const basedOn = kept?.basedOn ?? edited?.version;
  const save = (written: Written): Promise<void> =>
    saveOn(written, basedOn).catch((error: unknown) => {
      const version = newerVersion(error);
      if (version === null) throw error;
      setMeanwhile({ mine: written, version });
    });
  const back = id === undefined ? null : id;
  return (
    <WordsProvider except={id}>
      <PageHeader
        above={
          <Anchor component={Link} to="/segments" size="sm" c="dimmed" className={styles.back}>
            <IconArrowLeft size={14} aria-hidden="true" /> {t('segments.title')}
          </Anchor>
        }
        title={id === undefined ? t('segments.new') : t('segments.edit', { name: start.name })}
        purpose={t(id === undefined ? 'segments.newPurpose' : 'segments.editPurpose')}
      />
      {kept === null ? null : (
        <Text size="sm" className={styles.kept} role="status">
          {t('segments.draftKept')}{' '}
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => {
              forgetDraft(key);
              setKept(null);
            }}
          >
            {t('segments.draftDrop')}
          </Button>
        </Text>
      )}
      <Builder
        // What was kept is taken up once; dropping it starts again from what is saved.
        key={kept === null ? 'start' : 'kept'}
        start={kept ?? start}
        saveLabel={t(id === undefined ? 'segments.create' : 'segments.saveVersion')}
        onSave={save}
        onChange={(written) => keepDraft(key, { ...written, basedOn })}
        cancel={
          <Button
            variant="default"
            onClick={() => {
              forgetDraft(key);
              if (back === null) void navigate({ to: '/segments' });
              else void navigate({ to: '/segments/$id', params: { id: back } });
            }}
          >
            {t('action.cancel')}
          </Button>
        }
      />
      {meanwhile === null || id === undefined ? null : (
        <MeanwhileDialog
          id={id}
          start={start.definition}
          {...meanwhile}
          onKeep={() => saveOn(meanwhile.mine, meanwhile.version)}
          onTake={async () => {
            forgetDraft(key);
            await edited?.onReload();
          }}
          onClose={() => setMeanwhile(null)}
        />
      )}
    </WordsProvider>
  );
}

/** The version that was saved before ours, when that is why ours was refused. */
function newerVersion(error: unknown): number | null {
  if (!(error instanceof ApiError) || error.code !== 'decide.segment_changed') return null;
  const { version } = error.details;
  return typeof version === 'number' ? version : null;
}
