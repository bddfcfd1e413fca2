import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { JourneyNode } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import styles from '../Journeys.module.css';

type UpdateNode = Extract<JourneyNode, { kind: 'update' }>;

const readValue = (text: string): UpdateNode['traits'][number]['value'] => {
  if (text.startsWith('=')) return { run: text.slice(1).trim() };
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
};

/** Traits and what they become. `=event.properties.size` takes the value from the run. */
export function UpdateFields({
  node,
  onChange,
  disabled,
}: {
  node: UpdateNode;
  onChange: (node: UpdateNode) => void;
  disabled: boolean;
}) {
  const { t } = useTranslation();
  const change = (index: number, trait: Partial<UpdateNode['traits'][number]>): void =>
    onChange({ ...node, traits: node.traits.map((one, place) => (place === index ? { ...one, ...trait } : one)) });
  return (
    <Stack gap="sm">
      {node.traits.map(({ trait, op, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a trait is its place; its name is being typed
        <Stack key={index} gap={6} className={styles.fact}>
          <TextInput
            label={t('journeys.trait')}
            value={trait}
            disabled={disabled}
            onChange={(event) => change(index, { trait: event.currentTarget.value })}
          />
          <Select
            label={t('journeys.becomes')}
            allowDeselect={false}
            disabled={disabled}
            value={op}
            data={(['set', 'add'] as const).map((one) => ({ value: one, label: t(`journeys.traitDo.${one}`) }))}
            onChange={(text) => change(index, { op: text === 'add' ? 'add' : 'set' })}
          />
          <TextInput
            label={t('journeys.value')}
            description={t('journeys.valueHint')}
            value={typeof value === 'object' ? `=${value.run}` : String(value)}
            disabled={disabled}
            onChange={(event) => change(index, { value: readValue(event.currentTarget.value) })}
          />
          {node.traits.length > 1 ? (
            <div>
              <Button
                size="compact-xs"
                variant="subtle"
                color="red"
                disabled={disabled}
                onClick={() => onChange({ ...node, traits: node.traits.filter((_, place) => place !== index) })}
              >
                {t('action.remove')}
              </Button>
            </div>
          ) : null}
        </Stack>
      ))}
      <Group>
        <Button
          size="compact-sm"
          variant="default"
          disabled={disabled}
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() => onChange({ ...node, traits: [...node.traits, { trait: '', op: 'set', value: '' }] })}
        >
          {t('journeys.addTrait')}
        </Button>
      </Group>
    </Stack>
  );
}
