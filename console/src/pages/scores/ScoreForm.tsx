import { Button, Group, Menu, NumberInput, Stack, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { scoreLimits } from '@vitrail/contracts';
import { type ReactNode, useState } from 'react';
import type { WrittenScore } from '../../api/scores.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { WordsProvider } from '../segments/builder/vocabulary.tsx';
import { definitionOf, draftOf, newSignal, nextKey, signalKinds } from './draft.ts';
import { LevelsEditor } from './LevelsEditor.tsx';
import { PreviewPanel } from './PreviewPanel.tsx';
import styles from './Scores.module.css';
import { SignalEditor } from './SignalEditor.tsx';

interface ScoreFormProps {
  readonly start: WrittenScore;
  readonly readOnly: boolean;
  readonly onSave: (score: WrittenScore) => Promise<unknown>;
  readonly actions?: ReactNode;
}

const orNull = (value: string | number): number | null => (value === '' ? null : Number(value));

/** Signals, bounds and levels at the left; what comes of it at the right. */
export function ScoreForm({ start, readOnly, onSave, actions }: ScoreFormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(start.name);
  const [description, setDescription] = useState(start.description);
  const [signals, setSignals] = useState(() => draftOf(start.definition));
  const [min, setMin] = useState(start.definition.min);
  const [max, setMax] = useState(start.definition.max);
  const [levels, setLevels] = useState(start.definition.levels);
  const definition = definitionOf({ signals, min, max, levels });
  const save = useMutation({
    mutationFn: async () => {
      if (definition !== null) await onSave({ name: name.trim(), description, definition });
    },
  });
  return (
    <WordsProvider>
      <div className={styles.columns}>
        <Stack gap="lg" miw={0}>
          <Card>
            <Stack gap="sm">
              <TextInput
                label={t('scores.name')}
                required
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <TextInput
                label={t('scores.description')}
                value={description}
                onChange={(event) => setDescription(event.currentTarget.value)}
              />
            </Stack>
          </Card>
          <Card title={t('scores.signals')} note={t('scores.signalsNote')}>
            <Stack gap="md">
              {signals.map(({ key, signal }) => (
                <SignalEditor
                  key={key}
                  signal={signal}
                  onChange={(next) => setSignals(signals.map((one) => (one.key === key ? { key, signal: next } : one)))}
                  onRemove={() => setSignals(signals.filter((one) => one.key !== key))}
                />
              ))}
              <Menu position="bottom-start">
                <Menu.Target>
                  <Button
                    variant="default"
                    leftSection={<IconPlus size={16} aria-hidden="true" />}
                    disabled={signals.length >= scoreLimits.signals}
                  >
                    {t('scores.addSignal')}
                  </Button>
                </Menu.Target>
                <Menu.Dropdown>
                  {signalKinds.map((kind) => (
                    <Menu.Item
                      key={kind}
                      onClick={() =>
                        setSignals([
                          ...signals,
                          { key: nextKey(signals), signal: newSignal(kind, t(`scores.kind.${kind}`)) },
                        ])
                      }
                    >
                      {t(`scores.kind.${kind}`)}
                    </Menu.Item>
                  ))}
                </Menu.Dropdown>
              </Menu>
            </Stack>
          </Card>
          <Card title={t('scores.bounds')} note={t('scores.boundsNote')}>
            <div className={styles.numbers}>
              <NumberInput label={t('scores.min')} value={min ?? ''} onChange={(value) => setMin(orNull(value))} />
              <NumberInput label={t('scores.max')} value={max ?? ''} onChange={(value) => setMax(orNull(value))} />
            </div>
          </Card>
          <Card title={t('scores.levels')} note={t('scores.levelsNote')}>
            <LevelsEditor levels={levels} onChange={setLevels} />
          </Card>
          {save.error === null ? null : <ProblemAlert error={save.error} />}
          {readOnly ? null : (
            <Group justify="space-between">
              <div>{actions}</div>
              <Button
                loading={save.isPending}
                disabled={definition === null || name.trim() === ''}
                onClick={() => save.mutate()}
              >
                {t('action.save')}
              </Button>
            </Group>
          )}
        </Stack>
        <PreviewPanel definition={definition} />
      </div>
    </WordsProvider>
  );
}
