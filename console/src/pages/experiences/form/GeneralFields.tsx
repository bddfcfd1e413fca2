import { Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../../api/context.tsx';
import { sitesQuery } from '../../../api/settings.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import styles from '../Experiences.module.css';
import { keyOf } from './draft.ts';
import { useExperienceForm } from './formContext.tsx';

/** Stands for "on every site": a site cannot have this name. */
const everySite = ' ';

export function GeneralFields({ isNew }: { isNew: boolean }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const { draft, change, errorAt, disabled } = useExperienceForm();
  const sites = useQuery({ ...sitesQuery(useApi()), enabled: can('settings.read') }).data ?? [];
  const { name, key, site } = draft;
  const follows = isNew && (key === '' || key === keyOf(name));
  const names = [...new Set([...sites.map((one) => one.name), ...(site === null ? [] : [site])])];
  return (
    <Card title={t('experiences.general')}>
      <Stack gap="md">
        <TextInput
          label={t('experiences.name')}
          description={t('experiences.nameHint')}
          required
          maxLength={120}
          disabled={disabled}
          value={name}
          error={errorAt('name')}
          onChange={(event) => {
            const next = event.currentTarget.value;
            change({ name: next, ...(follows && { key: keyOf(next) }) });
          }}
        />
        <div className={styles.two}>
          <TextInput
            label={t('experiences.key')}
            description={t(isNew ? 'experiences.keyHint' : 'experiences.keyFixed')}
            required
            maxLength={60}
            disabled={disabled || !isNew}
            value={key}
            error={errorAt('key')}
            onChange={(event) => change({ key: event.currentTarget.value })}
          />
          <Select
            label={t('experiences.site')}
            description={t('experiences.siteHint')}
            disabled={disabled}
            value={site ?? everySite}
            error={errorAt('site')}
            onChange={(next) => change({ site: next === null || next === everySite ? null : next })}
            data={[
              { value: everySite, label: t('experiences.everySite') },
              ...names.map((one) => ({ value: one, label: one })),
            ]}
          />
        </div>
      </Stack>
    </Card>
  );
}
