import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconArrowLeft } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useBlocker } from '@tanstack/react-router';
import type { Experience, ExperienceRequest } from '@vitrail/contracts';
import { useEffect, useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { changeExperience, experienceQuery } from '../../../api/experiences.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { notifications } from '../../../ui/notify.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import styles from '../Experiences.module.css';
import { check, type Draft, isSame } from '../form/draft.ts';
import { MeanwhileDialog, meanwhileIn } from '../MeanwhileDialog.tsx';
import { begin, redo, step, undo } from './past.ts';
import { Workbench } from './Workbench.tsx';

const route = getRouteApi('/shell/website/page-editor/$id');

/** The policy of the document that was loaded first holds: only the one of this address lets the shop's pages in. */
const mayFrame = (): boolean =>
  document.querySelector('meta[name="csp-nonce"]') === null ||
  document.querySelector('meta[name="frames-shops"]') !== null;

/** An experience, made on the shop's own page. */
export function PageEditorPage() {
  const { id } = route.useParams();
  const { t } = useTranslation();
  const query = useQuery(experienceQuery(useApi(), id));
  const [start, setStart] = useState(0);
  useEffect(() => {
    if (!mayFrame()) window.location.reload();
  }, []);
  if (query.data !== undefined && mayFrame())
    return <Opened key={start} experience={query.data} onReload={() => setStart(start + 1)} />;
  return (
    <Stack aria-busy={query.error === null}>
      <PageHeader title={t('pageEditor.title')} />
      {query.error === null ? (
        <Skeleton height={420} />
      ) : (
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      )}
    </Stack>
  );
}

function Opened({ experience, onReload }: { experience: Experience; onReload: () => void }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const { id, state, definition } = experience;
  const [past, setPast] = useState(() => begin<Draft>(definition));
  const [saved, setSaved] = useState<Draft>(definition);
  /** The version that is edited here; a newer one was saved by somebody else. */
  const [version, setVersion] = useState(experience.version);
  const draft = past.now;
  const checked = check(draft);
  const changed = !isSame(draft, saved);
  const disabled = !can('experience.write') || state === 'archived';
  useBlocker({
    shouldBlockFn: () => !window.confirm(t('experiences.leave')),
    enableBeforeUnload: () => changed,
    disabled: !changed,
  });
  const save = useMutation({
    mutationFn: ({ request, basedOn }: { request: ExperienceRequest; basedOn: number }) =>
      changeExperience(api, id, { ...request, basedOn }),
    onSuccess: async (answer, { request }) => {
      setSaved(request);
      setVersion(answer.version);
      notifications.show({ message: t('experiences.saved') });
      // The page here stays open; every other view of it is asked anew.
      await client.invalidateQueries({ queryKey: ['experiences'], refetchType: 'none' });
    },
  });
  const theirs = meanwhileIn(save.error);
  const mine = save.variables?.request;
  const take = useMutation({
    mutationFn: () => client.fetchQuery({ ...experienceQuery(api, id), staleTime: 0 }),
    onSuccess: onReload,
  });
  return (
    <>
      <PageHeader
        above={
          <Link to="/website/experiences/$id" params={{ id }} search={{ tab: 'edit' }} className={styles.back}>
            <IconArrowLeft size={14} aria-hidden="true" /> {definition.name}
          </Link>
        }
        title={t('pageEditor.title')}
        purpose={state === 'running' ? t('experiences.liveNote') : t('pageEditor.lead')}
        actions={
          disabled ? undefined : (
            <>
              <Button
                variant="default"
                leftSection={<IconArrowBackUp size={16} aria-hidden="true" />}
                disabled={past.before.length === 0}
                onClick={() => setPast(undo)}
              >
                {t('pageEditor.undo')}
              </Button>
              <Button
                variant="default"
                leftSection={<IconArrowForwardUp size={16} aria-hidden="true" />}
                disabled={past.after.length === 0}
                onClick={() => setPast(redo)}
              >
                {t('pageEditor.redo')}
              </Button>
              <Button
                loading={save.isPending}
                disabled={!changed || !('request' in checked)}
                onClick={() => 'request' in checked && save.mutate({ request: checked.request, basedOn: version })}
              >
                {t(state === 'draft' ? 'experiences.saveDraft' : 'action.save')}
              </Button>
            </>
          )
        }
      />
      {experience.version <= version ? null : (
        <Alert color="yellow" variant="light" mb="md" title={t('pageEditor.changedElsewhere')} role="alert">
          <Group>
            <Button size="compact-sm" variant="default" onClick={() => take.mutate()}>
              {t('pageEditor.loadNew')}
            </Button>
          </Group>
        </Alert>
      )}
      {changed && 'problems' in checked ? (
        <Text c="red" size="sm" mb="md" role="alert">
          {t('experiences.problems', { count: checked.problems.size })}
        </Text>
      ) : null}
      {theirs === null || mine === undefined ? null : (
        <MeanwhileDialog
          theirs={theirs}
          mine={mine}
          saving={save.isPending}
          problem={take.error}
          onKeep={() => save.mutate({ request: mine, basedOn: theirs.version })}
          onTake={() => take.mutate()}
          onClose={() => save.reset()}
        />
      )}
      {save.error === null || theirs !== null ? null : (
        <Group mb="md">
          <ProblemAlert error={save.error} />
        </Group>
      )}
      <Workbench
        draft={draft}
        running={state === 'running'}
        problems={'problems' in checked ? checked.problems : new Map()}
        disabled={disabled}
        onChange={(next, about) => setPast((before) => step(before, next, about))}
      />
    </>
  );
}
