import { Anchor, Skeleton, Stack } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { ExperienceRequest } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { createExperience, experienceQuery } from '../../api/experiences.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { notifications } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import styles from './Experiences.module.css';
import { type Draft, emptyDraft, keyOf } from './form/draft.ts';
import { ExperienceFields } from './form/ExperienceFields.tsx';
import { StarterGallery } from './StarterGallery.tsx';
import { starters } from './starters.ts';

const route = getRouteApi('/shell/website/experiences/new');

/** An experience that does not exist yet: empty, from a ready-made beginning, or like another one. */
export function NewExperiencePage() {
  const { t } = useTranslation();
  const { start, from } = route.useSearch();
  const source = useQuery({ ...experienceQuery(useApi(), from ?? ''), enabled: from !== undefined });
  const back = (
    <Anchor component={Link} to="/website/experiences" size="sm" c="dimmed" className={styles.back}>
      <IconArrowLeft size={14} aria-hidden="true" /> {t('place.experiences')}
    </Anchor>
  );
  return (
    <>
      <PageHeader above={back} title={t('experiences.new')} purpose={t('experiences.newPurpose')} />
      {from === undefined ? (
        <Stack gap="lg">
          {start === undefined ? (
            <Card title={t('experiences.starters')} note={t('experiences.startersNote')}>
              <StarterGallery />
            </Card>
          ) : null}
          <NewForm key={start ?? ''} start={start} />
        </Stack>
      ) : source.data !== undefined ? (
        <NewForm copied={source.data.definition} />
      ) : source.error === null ? (
        <Skeleton height={420} aria-busy="true" />
      ) : (
        <ProblemAlert error={source.error} onRetry={() => void source.refetch()} />
      )}
    </>
  );
}

function NewForm({ start, copied }: { start?: string | undefined; copied?: ExperienceRequest }) {
  const { t, language } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [draft] = useState<Draft>(() => {
    if (copied !== undefined) {
      const name = t('experiences.copyOf', { name: copied.name }).slice(0, 120);
      return { ...copied, name, key: keyOf(name) };
    }
    return starters.find(({ key }) => key === start)?.begin(language, new Date()) ?? emptyDraft();
  });
  const save = useMutation({
    mutationFn: (request: ExperienceRequest) => createExperience(api, request),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['experiences'] });
      notifications.show({ message: t('experiences.drafted') });
      await navigate({ to: '/website/experiences/$id', params: { id } });
    },
  });
  return (
    <ExperienceFields
      start={draft}
      isNew
      disabled={!can('experience.write')}
      onSave={(request) => save.mutate(request)}
      saving={save.isPending}
      problem={save.error}
      saveLabel={t('experiences.saveDraft')}
    />
  );
}
