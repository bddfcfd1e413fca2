import { Spotlight } from '@mantine/spotlight';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useApi } from '../../api/context.tsx';
import { findPeople } from '../../api/customers.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { PersonMosaic, usePersonName } from '../../ui/PersonName.tsx';

/** People whose name or identifier matches what is typed in the palette. */
export function PeopleMatches({ query }: { query: string }) {
  const { t } = useTranslation();
  const api = useApi();
  const navigate = useNavigate();
  const nameOf = usePersonName();
  const people = useQuery({
    queryKey: ['customers', 'palette', query],
    queryFn: ({ signal }) => findPeople(api, query, 6, null, signal),
  });
  if (people.isPending) return <Spotlight.Empty>{t('palette.searching')}</Spotlight.Empty>;
  const items = people.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Spotlight.ActionsGroup label={t('palette.people')}>
      {items.map((person) => (
        <Spotlight.Action
          key={person.id}
          label={nameOf(person)}
          description={[person.email, person.phone, person.city].filter(Boolean).join(' · ')}
          leftSection={<PersonMosaic person={person} size={28} decorative />}
          dimmedSections={false}
          onClick={() => void navigate({ to: '/customers/$id', params: { id: person.id } })}
        />
      ))}
    </Spotlight.ActionsGroup>
  );
}
