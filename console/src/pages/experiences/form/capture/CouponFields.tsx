import { Fieldset, Select, Stack, Switch, Text } from '@mantine/core';
import { couponGiving } from '@vitrail/contracts';
import { useTranslation } from '../../../../i18n/useTranslation.tsx';
import styles from '../../Experiences.module.css';
import type { ContentProps } from '../formContext.tsx';
import type { Form } from './captureDraft.ts';
import { OfferSelect } from './OfferSelect.tsx';

type Giving = (typeof couponGiving)[number];

/** The code that an answer brings. */
export function CouponFields({ content, onChange, errorAt, disabled }: ContentProps<Form>) {
  const { t } = useTranslation();
  const { coupon, ...rest } = content;
  return (
    <Fieldset legend={t('experiences.capture.coupon')} disabled={disabled}>
      <Stack gap="sm">
        <Switch
          label={t('experiences.capture.couponOn')}
          checked={coupon !== undefined}
          onChange={(event) =>
            onChange(event.currentTarget.checked ? { ...rest, coupon: { offer: '', give: 'at_once' } } : rest)
          }
        />
        {coupon === undefined ? null : (
          <>
            <div className={styles.two}>
              <OfferSelect
                value={coupon.offer}
                error={errorAt('coupon.offer')}
                onChange={(offer) => onChange({ ...rest, coupon: { ...coupon, offer: offer ?? '' } })}
              />
              <GivingSelect
                value={coupon.give}
                onChange={(give) => onChange({ ...rest, coupon: { ...coupon, give } })}
              />
            </div>
            <GivingHint />
          </>
        )}
      </Stack>
    </Fieldset>
  );
}

export function GivingSelect({ value, onChange }: { value: Giving; onChange: (give: Giving) => void }) {
  const { t } = useTranslation();
  return (
    <Select
      label={t('experiences.capture.give')}
      allowDeselect={false}
      value={value}
      onChange={(next) => onChange(couponGiving.find((one) => one === next) ?? 'at_once')}
      data={couponGiving.map((one) => ({ value: one, label: t(`experiences.capture.giveBy.${one}`) }))}
    />
  );
}

export function GivingHint() {
  const { t } = useTranslation();
  return (
    <Text size="xs" c="dimmed">
      {t('experiences.capture.giveHint')}
    </Text>
  );
}
