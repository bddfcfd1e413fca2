import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { describeSegment, type SegmentNode } from '@vitrail/contracts';
import { useState } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { isComplete } from '../draft/complete.ts';
import { changeDraft, type DraftAction, definitionOf, draftOf, highestKey, leavesOf } from '../draft/draft.ts';
import { placeProblem } from '../draft/placeProblem.ts';
import styles from './Builder.module.css';
import { BuilderProvider } from './context.tsx';
import { GroupEditor } from './GroupEditor.tsx';
import { usePreview } from './usePreview.ts';
import { useWords, WordsProvider } from './vocabulary.tsx';

interface ConditionsDialogProps {
  readonly title: string;
  readonly start: SegmentNode;
  /** Given: the conditions become a segment of this name; else they belong to whoever asked for them. */
  readonly named: boolean;
  readonly onApply: (definition: SegmentNode, name: string) => Promise<unknown> | undefined;
  readonly onClose: () => void;
}

/** The conditions of a segment, written where they are needed: the builder without its page. */
export default function ConditionsDialog(props: ConditionsDialogProps) {
  const { t } = useTranslation();
  const small = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      size="64rem"
      fullScreen={small}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <WordsProvider>
        <Conditions {...props} />
      </WordsProvider>
    </Modal>
  );
}

function Conditions({ start, named, onApply, onClose }: ConditionsDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { language, names } = useWords();
  const [name, setName] = useState('');
  const [draft, setDraft] = useState(() => draftOf(start));
  const [open, setOpen] = useState<number | null>(null);
  const [asked, setAsked] = useState(false);
  const leaves = leavesOf(draft);
  const unfinished = leaves.filter((leaf) => !isComplete(leaf.condition));
  const written = definitionOf(draft, (leaf) => !isComplete(leaf.condition));
  const live = usePreview(written);
  const apply = useMutation({ mutationFn: async () => onApply(written.definition, name.trim()), onSuccess: onClose });
  const problems = [live.error, apply.error].flatMap((error) => placeProblem(error, written.keys, leaves));
  const dispatch = (action: DraftAction): void => {
    const next = changeDraft(draft, action);
    setDraft(next);
    apply.reset();
    if (action.do === 'add') setOpen(highestKey(next));
  };
  const missing =
    leaves.length === 0
      ? t('segments.dialog.empty')
      : named && name.trim() === ''
        ? t('segments.saveUnnamed')
        : unfinished.length > 0
          ? t('segments.saveUnfinished')
          : null;
  const tryApply = (): void => {
    setAsked(true);
    if (missing === null) apply.mutate();
    else setOpen(unfinished[0]?.key ?? null);
  };
  return (
    <BuilderProvider value={{ dispatch, open, onOpen: setOpen, counts: live.counts, problems }}>
      <Stack gap="md">
        {named ? (
          <TextInput
            label={t('segments.name')}
            placeholder={t('segments.nameHint')}
            value={name}
            maxLength={120}
            withAsterisk
            data-autofocus
            error={asked && name.trim() === '' ? t('segments.saveUnnamed') : null}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        ) : null}
        <GroupEditor group={draft} depth={0} />
        <Text size="sm" c="dimmed" aria-live="polite" data-waiting={live.waiting ? '' : undefined}>
          {live.preview === undefined
            ? t('segments.live.counting')
            : t('segments.dialog.now', {
                count: live.preview.count,
                number: format.number(live.preview.count),
                sentence: describeSegment(written.definition, language, names),
              })}
        </Text>
        {asked && missing !== null ? (
          <Text size="sm" className={styles.unfinished} role="alert">
            {missing}
          </Text>
        ) : null}
        {apply.error === null ? null : <ProblemAlert error={apply.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button loading={apply.isPending} onClick={tryApply}>
            {t(named ? 'segments.create' : 'action.apply')}
          </Button>
        </Group>
      </Stack>
    </BuilderProvider>
  );
}
