import { Select, Textarea, TextInput } from '@mantine/core';
import type { FlagType } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';

interface ValueFieldProps {
  readonly label: string;
  readonly type: FlagType;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A value of the flag's type, as text. */
export function ValueField({ label, type, value, onChange }: ValueFieldProps) {
  const { t } = useTranslation();
  if (type === 'boolean')
    return (
      <Select
        label={label}
        allowDeselect={false}
        value={value}
        onChange={(next) => onChange(next ?? 'false')}
        data={[
          { value: 'true', label: t('flags.true') },
          { value: 'false', label: t('flags.false') },
        ]}
      />
    );
  if (type === 'json')
    return (
      <Textarea
        label={label}
        autosize
        minRows={1}
        maxRows={8}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  return (
    <TextInput
      label={label}
      inputMode={type === 'number' ? 'decimal' : 'text'}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
