import { Button, Group, Modal, SegmentedControl, Select, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { TemplateContent } from '@vitrail/contracts';
import { useState } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { addLanguage, removeLanguage, writtenLanguages } from './draft.ts';

const offered = ['en', 'fr', 'de', 'es', 'it', 'nl', 'pt', 'pl', 'sv', 'da', 'fi', 'cs', 'ro', 'el', 'hu'];

interface LanguageTabsProps {
  readonly content: TemplateContent;
  readonly language: string;
  readonly readOnly: boolean;
  readonly onChoose: (language: string) => void;
  readonly onChange: (content: TemplateContent) => void;
}

/** The languages it is written in; one of them for everybody else. */
export function LanguageTabs({ content, language, readOnly, onChoose, onChange }: LanguageTabsProps) {
  const { t, language: own } = useTranslation();
  const [adding, setAdding] = useState(false);
  const names = new Intl.DisplayNames([own], { type: 'language' });
  const written = writtenLanguages(content);
  const isFallback = language === content.fallbackLanguage;
  return (
    <Group justify="space-between" gap="xs">
      <Group gap="xs">
        <SegmentedControl
          aria-label={t('templates.language')}
          size="xs"
          value={language}
          onChange={onChoose}
          data={written.map((value) => ({
            value,
            label: value === content.fallbackLanguage ? `${names.of(value) ?? value} ★` : (names.of(value) ?? value),
          }))}
        />
        {readOnly ? null : (
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            onClick={() => setAdding(true)}
          >
            {t('templates.addLanguage')}
          </Button>
        )}
      </Group>
      {readOnly || isFallback ? null : (
        <Group gap="xs">
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => onChange({ ...content, fallbackLanguage: language })}
          >
            {t('templates.makeFallback')}
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            color="red"
            onClick={() => {
              onChoose(content.fallbackLanguage);
              onChange(removeLanguage(content, language));
            }}
          >
            {t('templates.removeLanguage')}
          </Button>
        </Group>
      )}
      <Modal
        opened={adding}
        onClose={() => setAdding(false)}
        title={t('templates.addLanguage')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        <Stack>
          <Select
            label={t('templates.language')}
            description={t('templates.addLanguageNote')}
            searchable
            data={offered
              .filter((one) => !written.includes(one))
              .map((value) => ({ value, label: names.of(value) ?? value }))}
            onChange={(chosen) => {
              if (chosen === null) return;
              onChange(addLanguage(content, chosen));
              onChoose(chosen);
              setAdding(false);
            }}
          />
        </Stack>
      </Modal>
    </Group>
  );
}
