import { Button, Group, Modal, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { SegmentNode } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { versionsQuery } from '../../api/segments.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import type { Written } from './builder/Builder.tsx';
import { useSentenceNames } from './builder/vocabulary.tsx';
import { Changes } from './detail/Changes.tsx';
import { diffVersions } from './detail/versionDiff.ts';
import { useActorName } from './useActorName.ts';

interface MeanwhileDialogProps {
  readonly id: string;
  /** What editing began with. */
  readonly start: SegmentNode;
  readonly mine: Written;
  /** The version that somebody else saved. */
  readonly version: number;
  readonly onKeep: () => Promise<void>;
  readonly onTake: () => Promise<void>;
  readonly onClose: () => void;
}

/** Two people edited one segment: who saves second sees what the first did, and decides. */
export function MeanwhileDialog({ id, start, mine, version, onKeep, onTake, onClose }: MeanwhileDialogProps) {
  const { t, language } = useTranslation();
  const names = useSentenceNames();
  const actorName = useActorName();
  const versions = useQuery({ ...versionsQuery(useApi(), id), staleTime: 0 });
  const decide = useMutation({ mutationFn: (what: () => Promise<void>) => what() });
  const theirs = versions.data?.items.find((each) => each.version === version);
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('segments.meanwhile.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {versions.error !== null ? (
        <ProblemAlert error={versions.error} onRetry={() => void versions.refetch()} />
      ) : theirs === undefined ? (
        <Skeleton height={160} aria-busy="true" />
      ) : (
        <Stack gap="md">
          <Text>{t('segments.meanwhile.body', { name: actorName(theirs.by), version: String(version) })}</Text>
          <Title order={3} size="h5">
            {t('segments.meanwhile.theirs')}
          </Title>
          <Changes diff={diffVersions(start, theirs.definition, language, names)} />
          <Title order={3} size="h5">
            {t('segments.meanwhile.mine')}
          </Title>
          <Changes diff={diffVersions(theirs.definition, mine.definition, language, names)} />
          {decide.error === null ? null : <ProblemAlert error={decide.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} data-autofocus>
              {t('segments.meanwhile.edit')}
            </Button>
            <Button variant="default" onClick={() => decide.mutate(onTake)}>
              {t('segments.meanwhile.take')}
            </Button>
            <Button loading={decide.isPending} onClick={() => decide.mutate(onKeep)}>
              {t('segments.meanwhile.keep')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
