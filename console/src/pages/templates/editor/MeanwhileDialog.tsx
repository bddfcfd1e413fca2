import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { TemplateContent } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { DifferenceList } from '../../../ui/DifferenceList.tsx';

interface MeanwhileDialogProps {
  readonly theirs: { readonly version: number; readonly content: TemplateContent };
  readonly mine: TemplateContent;
  readonly saving: boolean;
  readonly onKeep: () => void;
  readonly onTake: () => void;
  readonly onClose: () => void;
}

/** Two people wrote one template: who saves second sees where they differ, and decides. */
export function MeanwhileDialog({ theirs, mine, saving, onKeep, onTake, onClose }: MeanwhileDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('templates.meanwhile.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack gap="md">
        <Text>{t('templates.meanwhile.body', { version: String(theirs.version) })}</Text>
        <DifferenceList
          former={theirs.content.languages}
          next={mine.languages}
          labels={{ removed: t('templates.meanwhile.theirs'), added: t('templates.meanwhile.mine') }}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('templates.meanwhile.edit')}
          </Button>
          <Button variant="default" onClick={onTake}>
            {t('templates.meanwhile.take')}
          </Button>
          <Button loading={saving} onClick={onKeep}>
            {t('templates.meanwhile.keep')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
