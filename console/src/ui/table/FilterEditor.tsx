import { Button, Group, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';

export interface Filter {
  readonly id: string;
  readonly label: string;
  /** Given: one of these; else free text. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** Of what is typed; text where nothing is said. */
  readonly input?: 'date' | 'number';
}

interface FilterEditorProps {
  readonly filter: Filter;
  readonly value: string;
  readonly onDone: (value: string) => void;
}

/** Sets one filter: one of its options, or any text. */
export default function FilterEditor({ filter, value, onDone }: FilterEditorProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  if (filter.options !== undefined)
    return (
      <Select
        label={filter.label}
        data={[...filter.options]}
        value={value === '' ? null : value}
        onChange={(chosen) => onDone(chosen ?? '')}
        searchable={filter.options.length > 8}
        comboboxProps={{ withinPortal: false }}
        autoFocus
      />
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onDone(text.trim());
      }}
    >
      <Group align="end" gap="xs" wrap="nowrap">
        <TextInput
          label={filter.label}
          type={filter.input}
          step={filter.input === 'number' ? 'any' : undefined}
          min={filter.input === 'number' ? 0 : undefined}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autoFocus
        />
        <Button type="submit" variant="default">
          {t('action.apply')}
        </Button>
      </Group>
    </form>
  );
}
