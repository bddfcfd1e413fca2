import { Checkbox, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../api/context.tsx';
import { linkMarksQuery } from '../../api/messages.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { LinkMarkFields } from '../../ui/LinkMarkFields.tsx';
import type { FieldsProps } from './fieldsProps.ts';

/** Marks of the links that differ from those of the workspace. */
export function MarkFields({ values, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const usual = useQuery(linkMarksQuery(useApi())).data;
  const own = values.linkMarks;
  return (
    <Stack gap="md">
      <Checkbox
        label={t('links.own')}
        description={t('links.ownNote')}
        checked={own !== null}
        onChange={(event) => onChange({ linkMarks: event.currentTarget.checked ? {} : null })}
      />
      {own === null ? null : (
        <LinkMarkFields
          value={own}
          otherwise={usual?.active === true ? usual : {}}
          onChange={(linkMarks) => onChange({ linkMarks })}
        />
      )}
    </Stack>
  );
}
