import { ActionIcon, Button, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type ScoreDefinition, scoreLimits } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import styles from './Scores.module.css';

type Levels = ScoreDefinition['levels'];

/** Names for ranges of the score, from the lowest up. */
export function LevelsEditor({ levels, onChange }: { levels: Levels; onChange: (levels: Levels) => void }) {
  const { t } = useTranslation();
  const ascending = levels.every(({ from }, at) => at === 0 || from > (levels[at - 1]?.from ?? 0));
  const change = (at: number, level: Levels[number]) =>
    onChange(levels.map((known, place) => (place === at ? level : known)));
  return (
    <Stack gap="xs">
      {levels.map((level, at) => (
        // Levels have no other identity than their place.
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity
        <div key={at} className={styles.levels}>
          <TextInput
            label={t('scores.levelName')}
            value={level.name}
            onChange={(event) => change(at, { ...level, name: event.currentTarget.value })}
          />
          <NumberInput
            label={t('scores.levelFrom')}
            value={level.from}
            onChange={(value) => change(at, { ...level, from: Number(value) })}
          />
          <ActionIcon
            size="lg"
            aria-label={t('scores.removeLevel', { name: level.name })}
            onClick={() => onChange(levels.filter((_, place) => place !== at))}
          >
            <IconTrash size={18} aria-hidden="true" />
          </ActionIcon>
        </div>
      ))}
      {ascending ? null : (
        <Text size="sm" c="red" role="alert">
          {t('scores.levelsAscend')}
        </Text>
      )}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          disabled={levels.length >= scoreLimits.levels}
          onClick={() => onChange([...levels, { name: t('scores.newLevel'), from: (levels.at(-1)?.from ?? 0) + 10 }])}
        >
          {t('scores.addLevel')}
        </Button>
      </div>
    </Stack>
  );
}
