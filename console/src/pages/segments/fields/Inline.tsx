import '@mantine/core/styles/PillsInput.css';
import { Autocomplete, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';

export interface Choice<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
}

interface PickProps<Value extends string> {
  readonly label: string;
  readonly value: Value | null;
  readonly choices: readonly Choice<Value>[] | readonly { group: string; items: readonly Choice<Value>[] }[];
  readonly onPick: (value: Value) => void;
  readonly placeholder?: string;
}

const isGroup = <Value extends string>(
  one: Choice<Value> | { group: string; items: readonly Choice<Value>[] },
): one is { group: string; items: readonly Choice<Value>[] } => 'group' in one;

/** One of a few, as wide as what it says. */
export function Pick<Value extends string>({ label, value, choices, onPick, placeholder }: PickProps<Value>) {
  const flat = useMemo(() => choices.flatMap((one) => (isGroup(one) ? one.items : [one])), [choices]);
  const said = flat.find((one) => one.value === value)?.label ?? placeholder ?? '';
  return (
    <Select
      size="xs"
      aria-label={label}
      data={choices.map((one) => (isGroup(one) ? { group: one.group, items: [...one.items] } : one))}
      value={value}
      onChange={(next) => {
        const picked = flat.find((one) => one.value === next);
        if (picked !== undefined) onPick(picked.value);
      }}
      placeholder={placeholder ?? ''}
      searchable={flat.length > 10}
      w={`calc(${Math.max(6, Math.min(30, said.length))}ch + 3.25rem)`}
      maw="100%"
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      maxDropdownHeight={300}
    />
  );
}

interface CountProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min?: number;
  readonly whole?: boolean;
  readonly suffix?: string;
  readonly wide?: boolean;
}

/** A number in the reader's notation; an empty field is no number yet. */
export function Count({ label, value, onChange, min, whole = false, suffix, wide = false }: CountProps) {
  const { settings } = useFormat();
  const decimal = (1.5).toLocaleString(settings.locale).includes(',') ? ',' : '.';
  return (
    <NumberInput
      size="xs"
      aria-label={label}
      value={Number.isNaN(value) ? '' : value}
      onChange={(next) => onChange(next === '' ? Number.NaN : Number(next))}
      {...(min === undefined ? {} : { min })}
      allowDecimal={!whole}
      decimalSeparator={decimal}
      {...(suffix === undefined ? {} : { suffix: `\u00a0${suffix}` })}
      error={Number.isNaN(value)}
      hideControls
      w={wide ? 112 : 72}
    />
  );
}

interface DayProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (day: string) => void;
}

/** A day; an instant with its time, as programs write it, stays as it is until a day is chosen. */
export function Day({ label, value, onChange }: DayProps) {
  const isInstant = value.includes('T');
  return (
    <TextInput
      size="xs"
      type={isInstant ? 'text' : 'date'}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={value === ''}
      w={isInstant ? 200 : 150}
    />
  );
}

interface WordProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** What exists here, offered while typing. */
  readonly known: readonly string[];
  readonly placeholder: string;
  readonly mayBeEmpty?: boolean;
}

/** One text, with what exists to choose from. */
export function Word({ label, value, onChange, known, placeholder, mayBeEmpty = false }: WordProps) {
  return (
    <Autocomplete
      size="xs"
      aria-label={label}
      data={[...new Set(known)]}
      value={value}
      onChange={onChange}
      placeholder={placeholder}
      error={!mayBeEmpty && value === ''}
      maxDropdownHeight={260}
      limit={100}
      w={220}
      maw="100%"
    />
  );
}

interface WordsProps {
  readonly label: string;
  readonly values: readonly string[];
  readonly onChange: (texts: string[]) => void;
  readonly known: readonly string[];
  readonly placeholder: string;
  /** The name of a known text in the reader's words, beside it. */
  readonly nameOf?: (text: string) => string | null;
  /** None means: any. */
  readonly mayBeEmpty?: boolean;
}

/** Several texts. */
export function Words(props: WordsProps) {
  const { label, values, onChange, known, placeholder, nameOf, mayBeEmpty = false } = props;
  return (
    <TagsInput
      size="xs"
      aria-label={label}
      data={[...new Set(known)]}
      value={[...values]}
      onChange={onChange}
      placeholder={values.length === 0 ? placeholder : ''}
      error={!mayBeEmpty && values.length === 0}
      maxDropdownHeight={260}
      acceptValueOnBlur
      splitChars={[';']}
      miw={240}
      maw="100%"
      {...(nameOf === undefined
        ? {}
        : {
            renderOption: ({ option }) => {
              const name = nameOf(option.value);
              return name === null ? option.value : `${option.value} (${name})`;
            },
          })}
    />
  );
}
