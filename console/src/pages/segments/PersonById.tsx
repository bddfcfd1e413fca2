import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useApi } from '../../api/context.tsx';
import { customerQuery } from '../../api/customers.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { PersonName } from '../../ui/PersonName.tsx';
import { shortId } from '../../ui/person.ts';

/** A person of whom only the id came: mosaic, name and a word more once they are read. */
export function PersonById({ id }: { id: string }) {
  const { t } = useTranslation();
  const person = useQuery({ ...customerQuery(useApi(), id), staleTime: 60_000, retry: false });
  if (person.isPending) return <Skeleton height={24} width="70%" />;
  if (person.data === undefined)
    return (
      <Text size="sm">
        <Link to="/customers/$id" params={{ id }}>
          {t('person.unknown', { id: shortId(id) })}
        </Link>
      </Text>
    );
  const { data } = person;
  return <PersonName person={data} note={[data.email, data.city].filter((one) => one !== null).join(' · ') || null} />;
}
