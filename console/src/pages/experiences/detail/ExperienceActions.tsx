import { Button, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { Experience } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { type ExperienceMove, moveExperience, removeExperience } from '../../../api/experiences.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { notifications } from '../../../ui/notify.ts';

const movesOf: Readonly<Record<Experience['state'], readonly ExperienceMove[]>> = {
  draft: ['start'],
  running: ['stop'],
  stopped: ['archive', 'start'],
  archived: [],
};

/** Copy, start, stop, put away, remove: what its state allows. */
export function ExperienceActions({ experience }: { experience: Experience }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<ExperienceMove | 'remove' | null>(null);
  const { id, state, startedAt, definition } = experience;
  const { name } = definition;
  const move = useMutation({
    mutationFn: (wanted: ExperienceMove) => moveExperience(api, id, wanted),
    onSuccess: async (_, wanted) => {
      notifications.show({ message: t(`experiences.moved.${wanted}`) });
      await client.invalidateQueries({ queryKey: ['experiences'] });
    },
  });
  if (!can('experience.write')) return null;
  return (
    <>
      {state === 'draft' && startedAt === null ? (
        <Button variant="default" onClick={() => setAsking('remove')}>
          {t('experiences.remove')}
        </Button>
      ) : null}
      <Button
        variant="default"
        renderRoot={(props) => <Link to="/website/experiences/new" search={{ from: id }} {...props} />}
      >
        {t('experiences.copy')}
      </Button>
      {state === 'archived' ? null : (
        <Button
          variant="default"
          renderRoot={(props) => <Link to="/website/page-editor/$id" params={{ id }} reloadDocument {...props} />}
        >
          {t('experiences.onPage')}
        </Button>
      )}
      {movesOf[state].map((each) => (
        <Button key={each} variant={each === 'start' ? 'filled' : 'default'} onClick={() => setAsking(each)}>
          {t(`experiences.move.${each}`)}
        </Button>
      ))}
      {(['start', 'stop', 'archive'] as const).map((each) => (
        <ConfirmDialog
          key={each}
          opened={asking === each}
          title={t(`experiences.ask.${each}`, { name })}
          confirmLabel={t(`experiences.move.${each}`)}
          onClose={() => setAsking(null)}
          onConfirm={() => move.mutateAsync(each)}
        >
          <Text>{t(`experiences.means.${each}`)}</Text>
        </ConfirmDialog>
      ))}
      <ConfirmDialog
        opened={asking === 'remove'}
        title={t('experiences.ask.remove', { name })}
        confirmLabel={t('experiences.remove')}
        danger
        onClose={() => setAsking(null)}
        onConfirm={async () => {
          await removeExperience(api, id);
          await navigate({ to: '/website/experiences' });
          await client.invalidateQueries({ queryKey: ['experiences', 'list'] });
        }}
      >
        <Text>{t('experiences.means.remove')}</Text>
      </ConfirmDialog>
    </>
  );
}
