import { Button, Code, Group, Modal, Stack, Text, Title } from '@mantine/core';
import type { TemplateContent } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { differences } from './differences.ts';

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
        {differences(theirs.content, mine).map(({ place, removed, added }) => (
          <div key={place}>
            <Title order={3} size="h6">
              {place}
            </Title>
            {removed === '' ? null : (
              <Code block color="red.1" aria-label={t('templates.meanwhile.theirs')}>
                {removed}
              </Code>
            )}
            {added === '' ? null : (
              <Code block color="teal.1" aria-label={t('templates.meanwhile.mine')}>
                {added}
              </Code>
            )}
          </div>
        ))}
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
