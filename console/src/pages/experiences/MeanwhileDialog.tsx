import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type ExperienceRequest, experienceRequestSchema } from '@vitrail/contracts';
import { ApiError } from '../../api/problem.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { DifferenceList } from '../../ui/DifferenceList.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

interface Theirs {
  readonly version: number;
  readonly definition: ExperienceRequest;
}

/** What the server says of a save that came second; null for any other answer. */
export function meanwhileIn(error: unknown): Theirs | null {
  if (!(error instanceof ApiError) || error.code !== 'experience.changed') return null;
  const { version, definition } = error.details;
  const parsed = experienceRequestSchema.safeParse(definition);
  return parsed.success && typeof version === 'number' ? { version, definition: parsed.data } : null;
}

interface MeanwhileDialogProps {
  readonly theirs: Theirs;
  readonly mine: ExperienceRequest;
  readonly saving: boolean;
  /** Why theirs could not be had. */
  readonly problem: Error | null;
  readonly onKeep: () => void;
  readonly onTake: () => void;
  readonly onClose: () => void;
}

/** Two people, or two tabs, changed one experience: who saves second sees where they differ, and decides. */
export function MeanwhileDialog({ theirs, mine, saving, problem, onKeep, onTake, onClose }: MeanwhileDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('experiences.meanwhile.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack gap="md">
        <Text>{t('experiences.meanwhile.body', { version: String(theirs.version) })}</Text>
        <DifferenceList
          former={theirs.definition}
          next={mine}
          labels={{ removed: t('experiences.meanwhile.theirs'), added: t('experiences.meanwhile.mine') }}
        />
        {problem === null ? null : <ProblemAlert error={problem} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('experiences.meanwhile.edit')}
          </Button>
          <Button variant="default" onClick={onTake}>
            {t('experiences.meanwhile.take')}
          </Button>
          <Button loading={saving} onClick={onKeep}>
            {t('experiences.meanwhile.keep')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
