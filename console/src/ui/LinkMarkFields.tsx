import { TextInput } from '@mantine/core';
import { linkMarkParts, type OwnLinkMarks } from '@vitrail/contracts';
import { useTranslation } from '../i18n/useTranslation.tsx';
import styles from './LinkMarkFields.module.css';

interface LinkMarkFieldsProps {
  readonly value: OwnLinkMarks;
  /** What holds where nothing is written. */
  readonly otherwise: OwnLinkMarks;
  readonly onChange: (value: OwnLinkMarks) => void;
}

/** The four marks of a link: `utm_source` and its kind. */
export function LinkMarkFields({ value, otherwise, onChange }: LinkMarkFieldsProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.fields}>
      {linkMarkParts.map((part) => (
        <TextInput
          key={part}
          label={`utm_${part}`}
          description={t(`links.part.${part}`)}
          maxLength={100}
          value={value[part] ?? ''}
          placeholder={otherwise[part] ?? ''}
          onChange={(event) => onChange({ ...value, [part]: event.currentTarget.value })}
        />
      ))}
    </div>
  );
}
