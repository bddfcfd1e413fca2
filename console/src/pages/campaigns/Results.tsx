import { Skeleton, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Campaign, CampaignGroup, CampaignResults } from '@vitrail/contracts';
import { campaignResultsQuery } from '../../api/campaigns.ts';
import { useApi } from '../../api/context.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Num, nothing, useFormat } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import styles from './Campaigns.module.css';

/** What a campaign brought, by variant and against those who got nothing. */
export function Results({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const query = useQuery(campaignResultsQuery(useApi(), campaign.id));
  if (query.error !== null) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Skeleton height={240} aria-busy="true" />;
  if (query.data.variants.length === 0)
    return <EmptyState title={t('campaigns.noResults')}>{t('campaigns.noResultsAdvice')}</EmptyState>;
  return (
    <Stack gap="lg">
      <Verdict results={query.data} />
      <Card title={t('campaigns.groups')} note={t('campaigns.groupsNote', { days: query.data.attributionDays })} flush>
        <Groups results={query.data} />
      </Card>
    </Stack>
  );
}

function Verdict({ results }: { results: CampaignResults }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { uplift, control, currency } = results;
  if (uplift === null)
    return (
      <Card title={t('campaigns.uplift')}>
        <Text size="sm">{t(control === null ? 'campaigns.noControl' : 'campaigns.notYet')}</Text>
      </Card>
    );
  const points = (share: number) => format.number(share * 100, 2);
  const verdict = uplift.low > 0 ? 'better' : uplift.high < 0 ? 'worse' : 'open';
  return (
    <Card title={t('campaigns.uplift')} note={t('campaigns.upliftNote')}>
      <Text fw={600}>{t(`campaigns.verdict.${verdict}`, { points: points(Math.abs(uplift.conversion)) })}</Text>
      <Text size="sm" mt={4}>
        {t('campaigns.interval', {
          low: points(uplift.low),
          high: points(uplift.high),
          revenue: format.money(uplift.revenuePerPerson, currency) ?? '',
        })}
      </Text>
    </Card>
  );
}

function Groups({ results }: { results: CampaignResults }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { variants, control, winner, currency } = results;
  const rows: readonly (CampaignGroup & { readonly label: string; readonly written: boolean })[] = [
    ...variants.map((group) => ({
      ...group,
      written: true,
      label: winner === group.name ? t('campaigns.winnerIs', { name: group.name }) : t('campaigns.variant', group),
    })),
    ...(control === null ? [] : [{ ...control, written: false, label: t('campaigns.audience.control') }]),
  ];
  return (
    <Table.ScrollContainer minWidth={620}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('campaigns.group')}</Table.Th>
            <Table.Th className={styles.number}>{t('campaigns.people')}</Table.Th>
            <Table.Th className={styles.number}>{t('campaigns.clicked')}</Table.Th>
            <Table.Th className={styles.number}>{t('campaigns.unsubscribed')}</Table.Th>
            <Table.Th className={styles.number}>{t('campaigns.converted')}</Table.Th>
            <Table.Th className={styles.number}>{t('campaigns.revenue')}</Table.Th>
            <Table.Th className={styles.number}>{t('campaigns.perPerson')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.label}>
              <Table.Th scope="row">{row.label}</Table.Th>
              <Table.Td className={styles.number}>
                <Num value={row.people} />
              </Table.Td>
              <Table.Td className={styles.number}>{row.written ? shareOf(row.clicked, row.people) : nothing}</Table.Td>
              <Table.Td className={styles.number}>
                {row.written ? shareOf(row.unsubscribed, row.people) : nothing}
              </Table.Td>
              <Table.Td className={styles.number}>{shareOf(row.converted, row.people)}</Table.Td>
              <Table.Td className={styles.number}>{format.money(row.revenue, currency)}</Table.Td>
              <Table.Td className={styles.number}>
                {row.people === 0 ? nothing : format.money(row.revenue / row.people, currency)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );

  function shareOf(part: number, of: number) {
    return of === 0 ? nothing : format.percent(part / of);
  }
}
