import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Household } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { householdQuery } from '../../api/household.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { PersonName } from '../../ui/PersonName.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import styles from './Household.module.css';

/** Who lives with a customer, and what they share. Nothing for those who live alone. */
export function HouseholdCard({ profile }: { profile: string }) {
  const { t } = useTranslation();
  const query = useQuery(householdQuery(useApi(), profile));
  if (query.data === undefined)
    return query.error === null ? null : (
      <Card title={t('household.title')}>
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      </Card>
    );
  const { id, size, members } = query.data;
  if (id === null || members.length < 2) return null;
  return (
    <Card title={t('household.title')} note={t('household.note', { count: size })}>
      <ul className={styles.members}>
        {members.map(({ profile: member, shared, first }) => (
          <li key={member.id}>
            <PersonName person={member} />
            <div className={styles.shared}>
              {member.id === profile
                ? t('household.self')
                : shared.map((one) => t(`household.shares.${one}`)).join(', ')}
              {first ? <span title={t('household.firstNote')}> · {t('household.first')}</span> : null}
            </div>
          </li>
        ))}
      </ul>
      <Home household={query.data} />
    </Card>
  );
}

function Home({ household: { address, phone } }: { household: Household }) {
  const { t } = useTranslation();
  const format = useFormat();
  const place =
    address === null
      ? null
      : [
          address.street,
          [address.postalCode, address.city].filter((part) => part !== '').join(' '),
          /^[A-Z]{2}$/.test(address.country) ? format.name(address.country, 'region') : address.country,
        ]
          .filter((line) => line !== '')
          .join(', ');
  if (place === null && phone === null) return null;
  return (
    <Text size="xs" c="dimmed" mt="xs" className={styles.home}>
      {[place, phone === null ? null : t('household.phone', { phone })].filter((part) => part !== null).join(' · ')}
    </Text>
  );
}
