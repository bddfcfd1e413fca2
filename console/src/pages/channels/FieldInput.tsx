import { PasswordInput, Select, Textarea, TextInput } from '@mantine/core';
import type { ProviderField, ProviderKindName } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { choiceWord, fieldWords } from './fieldWords.ts';

interface FieldInputProps {
  readonly kind: ProviderKindName;
  readonly field: ProviderField;
  readonly value: string;
  /** The secret is there already: an empty field keeps it. */
  readonly stored: boolean;
  readonly onChange: (value: string) => void;
}

/** One setting of a provider, as its company calls it. */
export function FieldInput({ kind, field, value, stored, onChange }: FieldInputProps) {
  const { t } = useTranslation();
  const { label, hint } = fieldWords(t, kind, field.name);
  const common = {
    label,
    ...(hint === null ? {} : { description: hint }),
    required: field.optional !== true && !stored,
    ...(stored ? { placeholder: t('channels.secretStored') } : {}),
    value,
  };
  if (field.type === 'choice')
    return (
      <Select
        {...common}
        data={(field.choices ?? []).map((value) => ({ value, label: choiceWord(t, field.name, value) }))}
        onChange={(next) => onChange(next ?? '')}
        allowDeselect={false}
      />
    );
  if (field.type === 'lines')
    return (
      <Textarea
        {...common}
        rows={4}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  const text = {
    ...common,
    autoComplete: 'off',
    spellCheck: false,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  return field.secret ? (
    <PasswordInput {...text} autoComplete="new-password" />
  ) : (
    <TextInput {...text} {...(field.type === 'number' ? { inputMode: 'numeric' as const } : {})} />
  );
}
