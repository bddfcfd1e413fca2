import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type EditedSettings, type MatchKind, type MatchSettings, matchSettingsSchema } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { matchSettingsQuery, saveMatchSettings } from '../../../api/matching.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { notifications } from '../../../ui/notify.ts';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useMatchWords } from '../matchWords.ts';
import styles from './Model.module.css';

type Reading = { readonly settings: MatchSettings } | { readonly problem: string };

function readSettings(text: string): Reading {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return { problem: error.message };
    throw error;
  }
  const parsed = matchSettingsSchema.safeParse(given);
  if (parsed.success) return { settings: parsed.data };
  const [issue] = parsed.error.issues;
  return { problem: [issue?.path.join('.'), issue?.message].filter((part) => part !== '').join(': ') };
}

/** What the next fit compares, and which records meet; the built-in ones until somebody edits them. */
export function RulesCard({ kind }: { kind: MatchKind }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const words = useMatchWords();
  const query = useQuery({
    ...matchSettingsQuery(useApi(), kind),
    enabled: can('settings.read'),
    refetchOnWindowFocus: false,
  });
  const [editing, setEditing] = useState(false);
  if (query.data === undefined)
    return query.error === null ? null : <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  const { settings, edited } = query.data;
  return (
    <Card
      title={t('matchModel.rules')}
      note={t('matchModel.rulesNote')}
      actions={
        <Group gap="xs">
          {edited ? <StatusBadge tone="warn">{t('matchModel.edited')}</StatusBadge> : null}
          {can('identity.write') ? (
            <Button variant="default" size="compact-sm" onClick={() => setEditing(true)}>
              {t('matchModel.edit')}
            </Button>
          ) : null}
        </Group>
      }
    >
      <div className={styles.two}>
        <div>
          <Text size="sm" fw={600}>
            {t('matchModel.comparisons')}
          </Text>
          <ul className={styles.list}>
            {settings.comparisons.map(({ field, method, termFrequency }) => (
              <li key={field}>
                <span>{words.field(field)}</span>
                <Text span size="xs" c="dimmed">
                  {t(`matchModel.method.${method}`)}
                  {termFrequency ? ` · ${t('matchModel.frequency')}` : ''}
                </Text>
              </li>
            ))}
          </ul>
        </div>
        <details>
          <summary className={styles.summary}>
            {t('matchModel.blockingRules', { count: settings.blocking.length })}
          </summary>
          <ul className={styles.list}>
            {settings.blocking.map(({ name, cap }) => (
              <li key={name}>
                <span>{words.rule(name)}</span>
                <Text span size="xs" c="dimmed">
                  {t('matchModel.cap', { count: cap })}
                </Text>
              </li>
            ))}
          </ul>
        </details>
      </div>
      {editing ? <RulesDialog kind={kind} current={query.data} onClose={() => setEditing(false)} /> : null}
    </Card>
  );
}

interface RulesDialogProps {
  readonly kind: MatchKind;
  readonly current: EditedSettings;
  readonly onClose: () => void;
}

function RulesDialog({ kind, current, onClose }: RulesDialogProps) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const [text, setText] = useState(() => JSON.stringify(current.settings, null, 2));
  const [problem, setProblem] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const save = async (settings: MatchSettings | null) => {
    try {
      client.setQueryData(matchSettingsQuery(api, kind).queryKey, await saveMatchSettings(api, kind, settings));
      notifications.show({ message: t('matchModel.rulesSaved') });
      onClose();
    } catch (error) {
      setFailure(error);
    }
  };
  const apply = () => {
    const reading = readSettings(text);
    if ('problem' in reading) setProblem(reading.problem);
    else void save(reading.settings);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('matchModel.rules')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {t('matchModel.editNote')}
        </Text>
        <Textarea
          aria-label={t('matchModel.rules')}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setProblem(null);
          }}
          error={problem}
          autosize
          minRows={12}
          maxRows={24}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8125rem' } }}
          data-autofocus
        />
        {failure === null ? null : <ProblemAlert error={failure} />}
        <Group justify="space-between">
          <Button variant="default" disabled={!current.edited} onClick={() => void save(null)}>
            {t('matchModel.builtIn')}
          </Button>
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button onClick={apply}>{t('action.save')}</Button>
          </Group>
        </Group>
      </Stack>
    </Modal>
  );
}
