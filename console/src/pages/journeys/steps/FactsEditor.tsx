import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type EventFact, factOps } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import styles from '../Journeys.module.css';

interface FactsEditorProps {
  readonly label: string;
  readonly value: readonly EventFact[];
  readonly onChange: (value: EventFact[]) => void;
  /** Whether a fact may be compared with what the run knows. */
  readonly ofRun: boolean;
  readonly disabled: boolean;
}

const isBare = (op: EventFact['op']): boolean => op === 'present' || op === 'missing';

/** What was typed, as the event would carry it. */
const readValue = (text: string): string | number | boolean => {
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
};

/** The same fact with another test: what it is compared with is kept where it can be. */
function withOp(fact: EventFact, op: EventFact['op']): EventFact {
  if (isBare(op)) return { path: fact.path, op };
  if (op === 'in') return { path: fact.path, op, values: fact.values ?? [fact.value ?? ''] };
  if (fact.run !== undefined) return { path: fact.path, op, run: fact.run };
  return { path: fact.path, op, value: fact.value ?? fact.values?.[0] ?? '' };
}

/** Facts that all have to hold. */
export function FactsEditor({ label, value, onChange, ofRun, disabled }: FactsEditorProps) {
  const { t } = useTranslation();
  const change = (index: number, fact: EventFact): void =>
    onChange(value.map((each, place) => (place === index ? fact : each)));
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>
        {label}
      </Text>
      {value.map((fact, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fact is its place; its path is being typed
        <Stack key={index} gap={6} className={styles.fact}>
          <TextInput
            aria-label={t('journeys.path')}
            placeholder="properties.cart_id"
            value={fact.path}
            disabled={disabled}
            onChange={(event) => change(index, { ...fact, path: event.currentTarget.value })}
          />
          <Select
            aria-label={t('journeys.test')}
            allowDeselect={false}
            disabled={disabled}
            value={fact.op}
            data={factOps.map((op) => ({ value: op, label: t(`journeys.op.${op}`) }))}
            onChange={(text) => change(index, withOp(fact, factOps.find((op) => op === text) ?? 'is'))}
          />
          {isBare(fact.op) ? null : (
            <TextInput
              aria-label={t('journeys.value')}
              disabled={disabled}
              value={fact.run ?? fact.values?.join(', ') ?? String(fact.value ?? '')}
              leftSection={fact.run === undefined ? null : '='}
              onChange={(event) => {
                const text = event.currentTarget.value;
                if (fact.run !== undefined) change(index, { path: fact.path, op: fact.op, run: text });
                else if (fact.op === 'in') {
                  change(index, {
                    path: fact.path,
                    op: 'in',
                    values: text.split(',').map((one) => readValue(one.trim())),
                  });
                } else change(index, { path: fact.path, op: fact.op, value: readValue(text) });
              }}
            />
          )}
          <Group gap="xs">
            {ofRun && !isBare(fact.op) && fact.op !== 'in' ? (
              <Button
                size="compact-xs"
                variant="subtle"
                disabled={disabled}
                onClick={() =>
                  change(
                    index,
                    fact.run === undefined
                      ? { path: fact.path, op: fact.op, run: `event.${fact.path}` }
                      : { path: fact.path, op: fact.op, value: '' },
                  )
                }
              >
                {fact.run === undefined ? t('journeys.compareRun') : t('journeys.compareValue')}
              </Button>
            ) : null}
            <Button
              size="compact-xs"
              variant="subtle"
              color="red"
              disabled={disabled}
              onClick={() => onChange(value.filter((_, place) => place !== index))}
            >
              {t('action.remove')}
            </Button>
          </Group>
        </Stack>
      ))}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          disabled={disabled}
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() => onChange([...value, { path: 'properties.', op: 'is', value: '' }])}
        >
          {t('journeys.addFact')}
        </Button>
      </div>
    </Stack>
  );
}
