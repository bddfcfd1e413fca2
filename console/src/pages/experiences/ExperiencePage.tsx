import { Alert, Anchor, Code, Group, Skeleton, Stack, Tabs, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { Experience, ExperienceRequest } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { changeExperience, experienceQuery } from '../../api/experiences.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { notifications } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { ExperienceActions } from './detail/ExperienceActions.tsx';
import { Report } from './detail/Report.tsx';
import { WhyTab } from './detail/WhyTab.tsx';
import { ExperienceStateBadge } from './ExperienceStateBadge.tsx';
import styles from './Experiences.module.css';
import { ExperienceFields } from './form/ExperienceFields.tsx';
import { MeanwhileDialog, meanwhileIn } from './MeanwhileDialog.tsx';
import { useExperienceWords } from './useExperienceWords.ts';
import { useSegmentNames } from './useSegmentNames.ts';

const route = getRouteApi('/shell/website/experiences/$id');
const tabs = ['results', 'edit', 'why'] as const;

/** One experience: what it shows to whom, what came of it, and why somebody sees it or not. */
export function ExperiencePage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const query = useQuery(experienceQuery(useApi(), id));
  const experience = query.data;
  const back = (
    <Anchor component={Link} to="/website/experiences" size="sm" c="dimmed" className={styles.back}>
      <IconArrowLeft size={14} aria-hidden="true" /> {t('place.experiences')}
    </Anchor>
  );
  if (query.isPending)
    return (
      <Stack aria-busy="true">
        {back}
        <Skeleton height={60} />
        <Skeleton height={320} />
      </Stack>
    );
  if (experience === undefined)
    return (
      <Stack>
        {back}
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      </Stack>
    );
  return (
    <>
      <PageHeader
        above={back}
        title={experience.definition.name}
        purpose={
          <Group gap="xs">
            <ExperienceStateBadge state={experience.state} />
            <Code>{experience.definition.key}</Code>
          </Group>
        }
        actions={<ExperienceActions experience={experience} />}
      />
      <Opened experience={experience} />
    </>
  );
}

function Opened({ experience }: { experience: Experience }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const { tab } = route.useSearch();
  const navigate = useNavigate();
  const words = useExperienceWords();
  const nameOf = useSegmentNames();
  const { id, state, problems } = experience;
  const shown = tabs.filter((each) => each !== 'why' || can('profiles.read'));
  const current = shown.find((each) => each === tab) ?? (state === 'draft' ? 'edit' : 'results');
  return (
    <>
      {problems.length === 0 ? null : (
        <Alert color="red" variant="light" mb="md" title={t('experiences.broken')}>
          {problems.map((problem) => (
            <Text key={problem} size="sm">
              {t('experiences.segmentGone', { id: problem.split(':')[1] ?? '' })}
            </Text>
          ))}
        </Alert>
      )}
      <Text className={styles.sentence} data-testid="sentence">
        {words.sentence(experience.definition, nameOf)}
      </Text>
      <Tabs
        value={current}
        keepMounted={false}
        onChange={(next) => {
          const chosen = tabs.find((each) => each === next);
          if (chosen !== undefined)
            void navigate({ to: '/website/experiences/$id', params: { id }, search: { tab: chosen }, replace: true });
        }}
      >
        <Tabs.List mb="md">
          {shown.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`experiences.tab.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="results">
          <Report experience={experience} />
        </Tabs.Panel>
        <Tabs.Panel value="edit">
          <Edit newest={experience} />
        </Tabs.Panel>
        <Tabs.Panel value="why">
          <WhyTab experience={experience} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function Edit({ newest }: { newest: Experience }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  // The version that was opened stays under the hands of who types, whatever others save meanwhile.
  const [opened, setOpened] = useState(newest);
  const { id, state } = newest;
  const save = useMutation({
    mutationFn: ({ request, basedOn }: { request: ExperienceRequest; basedOn: number }) =>
      changeExperience(api, id, { ...request, basedOn }),
    onSuccess: async (saved) => {
      client.setQueryData(experienceQuery(api, id).queryKey, saved);
      setOpened(saved);
      await client.invalidateQueries({ queryKey: ['experiences'] });
      notifications.show({ message: t('experiences.saved') });
    },
  });
  const theirs = meanwhileIn(save.error);
  const mine = save.variables?.request;
  /** Of which refusal the dialog was closed: the form goes on saying it. */
  const [closed, setClosed] = useState<Error | null>(null);
  const take = useMutation({
    mutationFn: () => client.fetchQuery({ ...experienceQuery(api, id), staleTime: 0 }),
    onSuccess: (taken) => {
      save.reset();
      setOpened(taken);
    },
  });
  return (
    <>
      <ExperienceFields
        key={opened.version}
        start={opened.definition}
        isNew={false}
        disabled={!can('experience.write') || state === 'archived'}
        onSave={(request) => save.mutate({ request, basedOn: opened.version })}
        saving={save.isPending}
        problem={save.error}
        saveLabel={t(state === 'draft' ? 'experiences.saveDraft' : 'action.save')}
        note={state === 'running' ? t('experiences.liveNote') : undefined}
      />
      {theirs === null || mine === undefined || save.error === closed ? null : (
        <MeanwhileDialog
          theirs={theirs}
          mine={mine}
          saving={save.isPending}
          problem={take.error}
          onKeep={() => save.mutate({ request: mine, basedOn: theirs.version })}
          onTake={() => take.mutate()}
          onClose={() => setClosed(save.error)}
        />
      )}
    </>
  );
}
