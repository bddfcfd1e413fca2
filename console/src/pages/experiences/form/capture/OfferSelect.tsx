import { Select } from '@mantine/core';
import { useOffers } from '../../../../api/offers.ts';
import { useSession } from '../../../../app/session.tsx';
import { useTranslation } from '../../../../i18n/useTranslation.tsx';

interface OfferSelectProps {
  readonly value: string | null;
  readonly onChange: (offer: string | null) => void;
  readonly error?: string | undefined;
  /** What it means to choose none; without it one must be chosen. */
  readonly none?: string;
}

/** An offer of the workspace by its key: its codes are given. */
export function OfferSelect({ value, onChange, error, none }: OfferSelectProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  return can('messages.read') ? (
    <Known value={value} onChange={onChange} error={error} {...(none === undefined ? {} : { none })} />
  ) : (
    <Select
      label={t('experiences.capture.offer')}
      value={value}
      error={error}
      clearable={none !== undefined}
      placeholder={none}
      onChange={onChange}
      data={value === null ? [] : [value]}
    />
  );
}

function Known({ value, onChange, error, none }: OfferSelectProps) {
  const { t } = useTranslation();
  const offers = useOffers().rows.filter(({ state, key }) => state !== 'archived' || key === value);
  const known = offers.map(({ key, name }) => ({ value: key, label: name }));
  const data =
    value === null || value === '' || known.some((one) => one.value === value)
      ? known
      : [{ value, label: value }, ...known];
  return (
    <Select
      label={t('experiences.capture.offer')}
      searchable
      clearable={none !== undefined}
      placeholder={none}
      description={data.length === 0 ? t('experiences.capture.noOffers') : undefined}
      value={value === '' ? null : value}
      error={error}
      onChange={onChange}
      data={data}
    />
  );
}
