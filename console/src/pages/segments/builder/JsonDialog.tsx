import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { type SegmentNode, segmentDefinitionSchema } from '@vitrail/contracts';
import { useState } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { CopyButton } from '../../../ui/CopyButton.tsx';

type Reading = { readonly definition: SegmentNode } | { readonly problem: string };

function read(text: string): Reading {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return { problem: error.message };
    throw error;
  }
  const parsed = segmentDefinitionSchema.safeParse(given);
  if (parsed.success) return { definition: parsed.data };
  const [issue] = parsed.error.issues;
  return { problem: [issue?.path.join('.'), issue?.message].filter((part) => part !== '').join(': ') };
}

interface JsonDialogProps {
  readonly definition: SegmentNode;
  readonly onApply: (definition: SegmentNode) => void;
  readonly onClose: () => void;
}

/** The definition as the API takes it: to copy, or to paste one. */
export function JsonDialog({ definition, onApply, onClose }: JsonDialogProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => JSON.stringify(definition, null, 2));
  const [problem, setProblem] = useState<string | null>(null);
  const apply = () => {
    const reading = read(text);
    if ('problem' in reading) setProblem(reading.problem);
    else onApply(reading.definition);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('segments.json.title')}
      size="xl"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {t('segments.json.note')}
        </Text>
        <Textarea
          aria-label={t('segments.json.title')}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setProblem(null);
          }}
          error={problem}
          autosize
          minRows={12}
          maxRows={26}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8125rem' } }}
          data-autofocus
        />
        <Group justify="space-between">
          <CopyButton value={text} label={t('segments.json.copy')} withText />
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button onClick={apply}>{t('segments.json.apply')}</Button>
          </Group>
        </Group>
      </Stack>
    </Modal>
  );
}
