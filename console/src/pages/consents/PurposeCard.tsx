import { Button, Checkbox, Group, NumberInput, Pill, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { channels, type LawfulBasis, lawfulBases, type PurposeSettings } from '@vitrail/contracts';
import { useState } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { useConsentWords } from './useConsentWords.ts';

interface PurposeCardProps {
  readonly purpose: PurposeSettings;
  readonly editable: boolean;
  readonly onChange: (purpose: PurposeSettings) => void;
  readonly onRemove: () => void;
}

/** One purpose: under which names clients state it, what lets a message out, when consent ends. */
export function PurposeCard({ purpose, editable, onChange, onRemove }: PurposeCardProps) {
  const { t } = useTranslation();
  const words = useConsentWords();
  return (
    <Card
      title={words.purpose(purpose.name)}
      note={purpose.name}
      actions={
        purpose.builtIn || !editable ? undefined : (
          <Button size="compact-sm" variant="default" onClick={onRemove}>
            {t('purposes.remove')}
          </Button>
        )
      }
    >
      <Stack gap="md">
        <Categories purpose={purpose} editable={editable} onChange={onChange} />
        <Bases purpose={purpose} editable={editable} onChange={onChange} />
        <NumberInput
          label={t('purposes.expires')}
          description={t('purposes.expiresHint')}
          maw={320}
          min={1}
          max={120}
          allowDecimal={false}
          disabled={!editable}
          value={purpose.expiresMonths ?? ''}
          onChange={(next) => onChange({ ...purpose, expiresMonths: typeof next === 'number' ? next : null })}
        />
      </Stack>
    </Card>
  );
}

type PartProps = Omit<PurposeCardProps, 'onRemove'>;

function Categories({ purpose, editable, onChange }: PartProps) {
  const { t } = useTranslation();
  const words = useConsentWords();
  const [name, setName] = useState('');
  const [channel, setChannel] = useState('');
  const add = (): void => {
    const known = channels.find((one) => one === channel) ?? '';
    onChange({ ...purpose, categories: [...purpose.categories, { name: name.trim(), channel: known }] });
    setName('');
  };
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {t('purposes.categories')}
      </Text>
      <Text size="sm" c="dimmed">
        {t('purposes.categoriesHint')}
      </Text>
      <Group gap="xs">
        {purpose.categories.map((category) => (
          <Pill
            key={`${category.name} ${category.channel}`}
            size="md"
            withRemoveButton={editable}
            onRemove={() => onChange({ ...purpose, categories: purpose.categories.filter((one) => one !== category) })}
            removeButtonProps={{
              'aria-label': t('purposes.removeCategory', { name: category.name }),
              tabIndex: 0,
              'aria-hidden': false,
            }}
          >
            {category.name} → {words.channel(category.channel)}
          </Pill>
        ))}
      </Group>
      {editable ? (
        <Group align="flex-end" gap="xs">
          <TextInput
            label={t('purposes.category')}
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label={t('purposes.channel')}
            allowDeselect={false}
            value={channel}
            onChange={(next) => setChannel(next ?? '')}
            data={['', ...channels].map((one) => ({ value: one, label: words.channel(one) }))}
          />
          <Button
            variant="default"
            disabled={name.trim() === '' || purpose.categories.some((one) => one.name === name.trim())}
            onClick={add}
          >
            {t('purposes.addCategory')}
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}

function Bases({ purpose, editable, onChange }: PartProps) {
  const { t } = useTranslation();
  const words = useConsentWords();
  const rows = Object.keys(purpose.bases).toSorted((a, b) => (a === '*' ? 1 : b === '*' ? -1 : a < b ? -1 : 1));
  const toggle = (channel: string, basis: LawfulBasis): void => {
    const known = purpose.bases[channel] ?? [];
    const next = known.includes(basis) ? known.filter((one) => one !== basis) : [...known, basis];
    onChange({ ...purpose, bases: { ...purpose.bases, [channel]: next } });
  };
  const nameOf = (channel: string): string =>
    channel !== '*' ? words.channel(channel) : rows.length === 1 ? words.channel('') : t('purposes.otherChannels');
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table aria-label={t('purposes.bases')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('purposes.bases')}</Table.Th>
            {lawfulBases.map((basis) => (
              <Table.Th key={basis}>{t(`consent.basis.${basis}`)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((channel) => (
            <Table.Tr key={channel}>
              <Table.Td>{nameOf(channel)}</Table.Td>
              {lawfulBases.map((basis) => (
                <Table.Td key={basis}>
                  <Checkbox
                    aria-label={`${nameOf(channel)}: ${t(`consent.basis.${basis}`)}`}
                    disabled={!editable}
                    checked={purpose.bases[channel]?.includes(basis) ?? false}
                    onChange={() => toggle(channel, basis)}
                  />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
