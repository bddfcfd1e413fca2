import { Button, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import type { Experience } from '@vitrail/contracts';
import { useExperiences } from '../../api/experiences.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Num, Relative } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { ExperienceStateBadge } from './ExperienceStateBadge.tsx';
import styles from './Experiences.module.css';
import { StarterGallery } from './StarterGallery.tsx';
import { useExperienceWords } from './useExperienceWords.ts';
import { useSegmentNames } from './useSegmentNames.ts';

/** Everything the shop's pages show to whom. */
export function ExperiencesPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const editable = can('experience.write');
  const navigate = useNavigate();
  const list = useExperiences();
  const columns = useColumns();
  const make = editable ? (
    <Button
      leftSection={<IconPlus size={16} aria-hidden="true" />}
      renderRoot={(props) => <Link to="/website/experiences/new" {...props} />}
    >
      {t('experiences.new')}
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader title={t('place.experiences')} purpose={t('experiences.lead')} actions={make} />
      <Stack gap="lg">
        <DataTable
          id="experiences"
          label={t('place.experiences')}
          columns={columns}
          list={list}
          rowKey={(row) => row.id}
          onOpen={(row) => void navigate({ to: '/website/experiences/$id', params: { id: row.id } })}
          empty={
            <EmptyState title={t('experiences.none')}>
              <Stack gap="md">
                {t('experiences.noneAdvice')}
                {editable ? <StarterGallery /> : null}
              </Stack>
            </EmptyState>
          }
        />
        {editable && list.rows.length > 0 ? (
          <Card title={t('experiences.starters')} note={t('experiences.startersNote')}>
            <StarterGallery />
          </Card>
        ) : null}
      </Stack>
    </>
  );
}

function useColumns(): readonly Column<Experience>[] {
  const { t } = useTranslation();
  const words = useExperienceWords();
  const nameOf = useSegmentNames();
  const kindsOf = ({ definition }: Experience): string =>
    [...new Set(definition.variants.map(({ content }) => t(`experiences.kind.${content.kind}`)))].join(', ');
  const siteOf = ({ definition }: Experience): string => definition.site ?? t('experiences.everySite');
  const whoOf = ({ definition }: Experience): string => {
    const who = words.who(definition, nameOf);
    return who.charAt(0).toUpperCase() + who.slice(1);
  };
  return [
    {
      id: 'name',
      header: t('experiences.name'),
      cell: (row) => (
        <Link to="/website/experiences/$id" params={{ id: row.id }} className={styles.name}>
          {row.definition.name}
        </Link>
      ),
      text: (row) => row.definition.name,
      fixed: true,
      width: '28%',
    },
    {
      id: 'state',
      header: t('experiences.stateTitle'),
      cell: (row) => <ExperienceStateBadge state={row.state} />,
      text: (row) => t(`experiences.state.${row.state}`),
    },
    { id: 'kind', header: t('experiences.kindTitle'), cell: kindsOf, text: kindsOf },
    { id: 'audience', header: t('experiences.who'), cell: whoOf, text: whoOf },
    { id: 'site', header: t('experiences.site'), cell: siteOf, text: siteOf },
    {
      id: 'priority',
      header: t('experiences.priority'),
      cell: (row) => <Num value={row.definition.priority} />,
      text: (row) => row.definition.priority,
      align: 'end',
    },
    {
      id: 'updatedAt',
      header: t('experiences.changedAt'),
      cell: (row) => <Relative at={row.updatedAt} />,
      text: (row) => row.updatedAt,
      optional: true,
    },
  ];
}
