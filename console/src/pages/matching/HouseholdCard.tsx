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
      <HouseholdPeople household={query.data} self={profile} />
    </Card>
  );
}

/** The people of a household, what they share, and where they live. `self`: whose page this is. */
export function HouseholdPeople({ household, self }: { household: Household; self?: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <ul className={styles.members}>
        {household.members.map(({ profile: member, shared, first }) => (
          <li key={member.id}>
            <PersonName person={member} />
            <div className={styles.shared}>
              {member.id === self
                ? t('household.self')
                : format.list(shared.map((one) => t(`household.shares.${one}`)))}
              {first ? (
                <span title={t('household.firstNote')}>
                  {member.id === self || shared.length > 0 ? ' · ' : ''}
                  {t('household.first')}
                </span>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
      <Home household={household} />
    </>
  );
}

/** "3 rue des Lilas, 69003 Lyon, France"; null when nothing is known. */
export function addressText(address: Household['address'], format: ReturnType<typeof useFormat>): string | null {
  if (address === null) return null;
  const { street, postalCode, city, country } = address;
  const town = [postalCode, city].filter((part) => part !== '').join(' ');
  const land = /^[A-Z]{2}$/.test(country) ? format.name(country, 'region') : country;
  return [street, town, land].filter((line) => line !== '').join(', ');
}

function Home({ household: { address, phone } }: { household: Household }) {
  const { t } = useTranslation();
  const format = useFormat();
  const place = addressText(address, format);
  if (place === null && phone === null) return null;
  return (
    <Text size="xs" c="dimmed" mt="xs" className={styles.home}>
      {[place, phone === null ? null : t('household.phone', { phone })].filter((part) => part !== null).join(' · ')}
    </Text>
  );
}
