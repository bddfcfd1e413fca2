import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { SegmentNode } from '@vitrail/contracts';
import { Fragment, lazy, Suspense, useId, useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { createSegment, vocabularyQuery } from '../../../api/segments.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { notifications } from '../../../ui/notify.ts';
import { AddCondition } from '../../segments/builder/AddCondition.tsx';
import { ConditionFields } from '../../segments/builder/ConditionFields.tsx';
import { BuilderProvider, type BuilderState } from '../../segments/builder/context.tsx';
import { WordsProvider } from '../../segments/builder/vocabulary.tsx';
import { isComplete } from '../../segments/draft/complete.ts';
import {
  changeDraft,
  type DraftAction,
  type DraftGroup,
  type DraftLeaf,
  draftOf,
  highestKey,
} from '../../segments/draft/draft.ts';
import { FilterChip } from './FilterChip.tsx';
import { definitionOfFilters, draftOfWhere, segmentOfFilters, writeWhere } from './where.ts';

const ConditionsDialog = lazy(() => import('../../segments/builder/ConditionsDialog.tsx'));

const everybody: SegmentNode = { kind: 'all', of: [] };
const uncounted: BuilderState['counts'] = { total: 0, waiting: false, of: () => null };

interface CustomerFiltersProps {
  /** The filters in force, as the address carries them. */
  readonly where: string;
  /** Visitors of whom nothing is known are listed too. */
  readonly visitors: boolean;
  readonly onChange: (where: string) => void;
}

/** Filters of customers: the conditions of a small segment, each a chip that reads as a part of a sentence. */
export default function CustomerFilters(props: CustomerFiltersProps) {
  return (
    <WordsProvider>
      <Filters {...props} />
    </WordsProvider>
  );
}

function Filters({ where, visitors, onChange }: CustomerFiltersProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const id = useId();
  const [draft, setDraft] = useState(() => draftOfWhere(where));
  const [seen, setSeen] = useState(where);
  /** Written here and on the way to the address. */
  const [awaited, setAwaited] = useState<readonly string[]>([]);
  const [open, setOpen] = useState<number | null>(null);
  const [dialog, setDialog] = useState<'all' | 'segment' | null>(null);
  if (where !== seen) {
    const at = awaited.indexOf(where);
    setSeen(where);
    setAwaited(awaited.slice(at + 1));
    // The address was changed by something else: the way back, a saved view.
    if (at < 0) {
      setAwaited([]);
      setDraft(draftOfWhere(where));
      setOpen(null);
    }
  }
  const apply = (next: DraftGroup): void => {
    const text = writeWhere(next);
    setDraft(next);
    if (text === (awaited.at(-1) ?? where)) return;
    setAwaited([...awaited, text]);
    onChange(text);
  };
  /** What is typed is asked for when the form is closed, not at every key. */
  const dispatch = (action: DraftAction): void => {
    const next = changeDraft(draft, action);
    if (action.do === 'edit' || action.do === 'negate') setDraft(next);
    else apply(next);
    if (action.do === 'add') setOpen(highestKey(next));
  };
  const openForm = (key: number | null): void => {
    apply(draft);
    setOpen(key);
  };
  const parts = draft.negated ? [draft] : draft.of;
  const editing = parts.find((part): part is DraftLeaf => part.kind === 'leaf' && part.key === open);
  const definition = definitionOfFilters(draft);
  return (
    <BuilderProvider value={{ dispatch, open, onOpen: openForm, counts: uncounted, problems: [] }}>
      <Stack gap="xs">
        <Group gap="xs">
          {parts.map((part, at) => (
            <Fragment key={part.key}>
              <Text size="xs" c="dimmed" component="span">
                {t(at === 0 ? 'customers.filters.who' : `segments.join.${draft.join}`)}
              </Text>
              <FilterChip
                part={part}
                form={part.key === editing?.key ? id : null}
                onOpen={() => (part.kind === 'leaf' ? openForm(part.key === open ? null : part.key) : setDialog('all'))}
                onRemove={() =>
                  part === draft ? apply(draftOf(everybody)) : dispatch({ do: 'remove', key: part.key })
                }
              />
            </Fragment>
          ))}
          <AddCondition group={draft.key} hint={t('customers.filters.hint')} />
          <Button variant="subtle" size="compact-sm" onClick={() => setDialog('all')}>
            {t('customers.filters.all')}
          </Button>
          {definition !== null && can('segments.write') ? (
            <Button variant="subtle" size="compact-sm" onClick={() => setDialog('segment')}>
              {t('customers.filters.save')}
            </Button>
          ) : null}
        </Group>
        {editing === undefined ? null : (
          <Paper withBorder p="sm" id={id}>
            <ConditionFields
              condition={editing.condition}
              onChange={(condition) => dispatch({ do: 'edit', key: editing.key, condition })}
            />
            <Group justify="space-between" mt="sm" gap="xs">
              <Button
                size="compact-sm"
                variant="subtle"
                aria-pressed={editing.negated}
                onClick={() => dispatch({ do: 'negate', key: editing.key })}
              >
                {t(editing.negated ? 'segments.do.affirm' : 'segments.do.negate')}
              </Button>
              <Button size="compact-sm" disabled={!isComplete(editing.condition)} onClick={() => openForm(null)}>
                {t('action.apply')}
              </Button>
            </Group>
          </Paper>
        )}
      </Stack>
      <Suspense>
        {dialog === 'all' ? (
          <ConditionsDialog
            title={t('customers.filters.all')}
            start={definition ?? everybody}
            named={false}
            onApply={async (written) => apply(draftOf(written))}
            onClose={() => setDialog(null)}
          />
        ) : null}
        {dialog === 'segment' && definition !== null ? (
          <SaveSegment definition={definition} visitors={visitors} onClose={() => setDialog(null)} />
        ) : null}
      </Suspense>
    </BuilderProvider>
  );
}

interface SaveSegmentProps {
  readonly definition: SegmentNode;
  readonly visitors: boolean;
  readonly onClose: () => void;
}

/** The people listed, kept as a segment that follows them. */
function SaveSegment({ definition, visitors, onClose }: SaveSegmentProps) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const vocabulary = useQuery(vocabularyQuery(api)).data;
  if (vocabulary === undefined) return null;
  return (
    <ConditionsDialog
      title={t('customers.filters.save')}
      start={segmentOfFilters(definition, { visitors, namespaces: vocabulary.namespaces })}
      named
      onApply={async (written, name) => {
        const { id } = await createSegment(api, { name, description: '', definition: written });
        await client.invalidateQueries({ queryKey: ['segments'] });
        notifications.show({
          message: t('customers.filters.saved', { name }),
          action: {
            label: t('customers.filters.open'),
            run: () => void navigate({ to: '/segments/$id', params: { id } }),
          },
        });
      }}
      onClose={onClose}
    />
  );
}
