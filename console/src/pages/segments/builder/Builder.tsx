import { ActionIcon, Button, Group, Text, Textarea, TextInput, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconArrowBackUp, IconArrowForwardUp, IconBraces } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { SegmentNode } from '@vitrail/contracts';
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { Why } from '../detail/Why.tsx';
import { isComplete, isReadable } from '../draft/complete.ts';
import { type DraftAction, type DraftGroup, definitionOf, draftOf, highestKey, leavesOf } from '../draft/draft.ts';
import { changeHistory, type DraftHistory, startHistory } from '../draft/history.ts';
import { placeProblem } from '../draft/placeProblem.ts';
import styles from './Builder.module.css';
import { BuilderProvider } from './context.tsx';
import { GroupEditor } from './GroupEditor.tsx';
import { LivePanel } from './LivePanel.tsx';
import { usePreview } from './usePreview.ts';

const JsonDialog = lazy(() => import('./JsonDialog.tsx').then(({ JsonDialog: component }) => ({ default: component })));

export interface Written {
  readonly name: string;
  readonly description: string;
  readonly definition: SegmentNode;
}

const keptOf = (draft: DraftGroup): SegmentNode =>
  definitionOf(draft, (leaf) => !isReadable(leaf.condition)).definition;

interface BuilderProps {
  readonly start: Written;
  readonly saveLabel: string;
  readonly onSave: (written: Written) => Promise<unknown>;
  readonly cancel: ReactNode;
  /** Called whenever something changes, with what can be read again. */
  readonly onChange: (written: Written) => void;
}

/** Writes a segment in words and clicks, with the exact count beside it. */
export function Builder({ start, saveLabel, onSave, cancel, onChange }: BuilderProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [name, setName] = useState(start.name);
  const [description, setDescription] = useState(start.description);
  const [history, setHistory] = useState<DraftHistory>(() => startHistory(draftOf(start.definition)));
  const [open, setOpen] = useState<number | null>(null);
  const [json, setJson] = useState(false);
  const [asked, setAsked] = useState(false);
  const nameField = useRef<HTMLInputElement>(null);
  const draft = history.present;
  const leaves = leavesOf(draft);
  const unfinished = leaves.filter((leaf) => !isComplete(leaf.condition)).length;
  const written = definitionOf(draft, (leaf) => !isComplete(leaf.condition));
  const live = usePreview(written);
  const save = useMutation({ mutationFn: onSave });
  const problems = [live.error, save.error].flatMap((error) => placeProblem(error, written.keys, leaves));
  const whole = { name, description, definition: definitionOf(draft).definition };

  const settle = (next: DraftHistory) => {
    setHistory(next);
    onChange({ name, description, definition: keptOf(next.present) });
  };
  const dispatch = (action: DraftAction) => {
    const next = changeHistory(history, { ...action, at: Date.now() });
    settle(next);
    save.reset();
    if (action.do === 'add') setOpen(highestKey(next.present));
  };
  const undo = () => settle(changeHistory(history, { do: 'undo' }));
  const redo = () => settle(changeHistory(history, { do: 'redo' }));
  useHotkeys([
    ['mod+Z', undo],
    ['mod+shift+Z', redo],
    ['mod+Y', redo],
  ]);

  const named = name.trim() !== '';
  const missing = !named ? t('segments.saveUnnamed') : unfinished > 0 ? t('segments.saveUnfinished') : null;
  // What is missing is shown where it is missing, rather than by a button that does nothing.
  const trySave = () => {
    setAsked(true);
    if (missing === null) return save.mutate(whole);
    if (!named) return nameField.current?.focus();
    setOpen(leaves.find((leaf) => !isComplete(leaf.condition))?.key ?? null);
  };
  return (
    <BuilderProvider value={{ dispatch, open, onOpen: setOpen, counts: live.counts, problems }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          trySave();
        }}
        // Enter in a field of a condition must not save the segment.
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
        }}
      >
        <div className={styles.names}>
          <TextInput
            label={t('segments.name')}
            placeholder={t('segments.nameHint')}
            value={name}
            onChange={(event) => {
              setName(event.currentTarget.value);
              onChange({ name: event.currentTarget.value, description, definition: keptOf(draft) });
            }}
            maxLength={120}
            ref={nameField}
            error={asked && !named ? t('segments.saveUnnamed') : null}
            withAsterisk
          />
          <Textarea
            label={t('segments.description')}
            placeholder={t('segments.descriptionHint')}
            value={description}
            onChange={(event) => {
              setDescription(event.currentTarget.value);
              onChange({ name, description: event.currentTarget.value, definition: keptOf(draft) });
            }}
            maxLength={1_000}
            autosize
            minRows={1}
            maxRows={4}
          />
        </div>
        <div className={styles.bar}>
          <Group gap={4}>
            <Tooltip label={t('segments.do.undo')}>
              <ActionIcon aria-label={t('segments.do.undo')} onClick={undo} disabled={history.past.length === 0}>
                <IconArrowBackUp size={18} aria-hidden="true" />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={t('segments.do.redo')}>
              <ActionIcon aria-label={t('segments.do.redo')} onClick={redo} disabled={history.future.length === 0}>
                <IconArrowForwardUp size={18} aria-hidden="true" />
              </ActionIcon>
            </Tooltip>
            <Button
              variant="subtle"
              color="gray"
              size="xs"
              leftSection={<IconBraces size={16} aria-hidden="true" />}
              onClick={() => setJson(true)}
            >
              JSON
            </Button>
            <span className={styles.barCount} data-waiting={live.waiting ? '' : undefined} aria-hidden="true">
              {live.preview === undefined ? '…' : format.number(live.preview.count)}
            </span>
          </Group>
          <Group gap="xs">
            {cancel}
            <Button type="submit" loading={save.isPending}>
              {saveLabel}
            </Button>
          </Group>
        </div>
        {asked && named && missing !== null ? (
          <Text size="sm" className={styles.unfinished} role="alert">
            {missing}
          </Text>
        ) : null}
        {save.error === null ? null : <ProblemAlert error={save.error} />}
        <div className={styles.columns}>
          <GroupEditor group={draft} depth={0} />
          <div className={styles.side}>
            <LivePanel
              definition={written.definition}
              preview={live.preview}
              waiting={live.waiting}
              error={live.error}
              onRetry={live.retry}
              unfinished={unfinished}
            />
          </div>
        </div>
      </form>
      <div className={styles.why}>
        <Why of={{ definition: written.definition }} />
      </div>
      {json ? (
        <Suspense>
          <JsonDialog
            definition={whole.definition}
            onClose={() => setJson(false)}
            onApply={(definition) => {
              setJson(false);
              dispatch({ do: 'replace', definition });
            }}
          />
        </Suspense>
      ) : null}
    </BuilderProvider>
  );
}
