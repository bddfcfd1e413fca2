import { NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { DecisionContext } from '@vitrail/contracts';
import { useApi } from '../../../api/context.tsx';
import type { Situation } from '../../../api/experiences.ts';
import { sitesQuery } from '../../../api/settings.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import styles from '../Experiences.module.css';

const devices = ['mobile', 'tablet', 'desktop'] as const;

export const startPage: Situation = { site: null, page: { path: '/' }, context: { device: 'mobile' } };

interface SituationFieldsProps {
  readonly value: Situation;
  readonly onChange: (situation: Situation) => void;
}

/** The page and the visit in which it is asked. */
export function SituationFields({ value, onChange }: SituationFieldsProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const sites = useQuery({ ...sitesQuery(useApi()), enabled: can('settings.read') }).data ?? [];
  const { page, context, site } = value;
  const put = (part: DecisionContext): void => onChange({ ...value, context: { ...context, ...part } });
  return (
    <>
      <div className={styles.three}>
        <TextInput
          label={t('decision.field.pagePath')}
          maxLength={500}
          value={page.path ?? ''}
          onChange={(event) => onChange({ ...value, page: { path: event.currentTarget.value } })}
        />
        <NumberInput
          label={t('decision.field.cartValue')}
          min={0}
          value={context.cart?.value ?? ''}
          onChange={(next) => put({ cart: next === '' ? {} : { value: Number(next) } })}
        />
        <Select
          label={t('decision.field.device')}
          value={context.device ?? 'mobile'}
          onChange={(next) => put({ device: devices.find((one) => one === next) ?? 'mobile' })}
          data={devices.map((device) => ({ value: device, label: t(`decision.device.${device}`) }))}
        />
        {sites.length === 0 ? null : (
          <Select
            label={t('decision.site')}
            value={site ?? ' '}
            onChange={(next) => onChange({ ...value, site: next === null || next === ' ' ? null : next })}
            data={[
              { value: ' ', label: t('decision.noSite') },
              ...sites.map(({ name }) => ({ value: name, label: name })),
            ]}
          />
        )}
      </div>
      <Switch
        mt="sm"
        label={t('decision.consent')}
        description={t('decision.consentHint')}
        checked={context.consent?.personalisation === true}
        onChange={(event) => put({ consent: event.currentTarget.checked ? { personalisation: true } : {} })}
      />
    </>
  );
}
