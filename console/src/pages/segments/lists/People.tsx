import { Button, FileButton, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { readLines } from './readLines.ts';

/** Enough for a pasted list; larger files belong to the imports. */
const largestFile = 12 * 1024 * 1024;

interface PeopleProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** Pasted lines, or those of a file: e-mails, cards, telephones, customer numbers. */
export function PeopleField({ value, onChange }: PeopleProps) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<string | null>(null);
  const { lines, left } = readLines(value);
  const load = async (file: File | null) => {
    if (file === null) return;
    setProblem(file.size > largestFile ? t('segments.list.tooLarge') : null);
    if (file.size <= largestFile) onChange(await file.text());
  };
  return (
    <Stack gap="xs">
      <Textarea
        label={t('segments.list.people')}
        description={t('segments.list.peopleHint')}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={problem}
        autosize
        minRows={6}
        maxRows={14}
        spellCheck={false}
      />
      <Group justify="space-between">
        <FileButton onChange={(file) => void load(file)} accept=".csv,.txt,text/csv,text/plain">
          {(props) => (
            <Button
              {...props}
              variant="default"
              size="xs"
              leftSection={<IconFileUpload size={16} aria-hidden="true" />}
            >
              {t('segments.list.file')}
            </Button>
          )}
        </FileButton>
        <Text size="sm" c="dimmed" aria-live="polite">
          {t('segments.list.read', { count: lines.length, left })}
        </Text>
      </Group>
    </Stack>
  );
}
