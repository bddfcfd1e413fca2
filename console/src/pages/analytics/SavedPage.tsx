import { ActionIcon, Badge, Group, Table, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { SavedReport } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { removeReport, savedReportsQuery } from '../../api/reports.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Relative } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

const pages = {
  dashboard: '/analytics/dashboard',
  trend: '/analytics/trends',
  funnel: '/analytics/funnels',
  retention: '/analytics/retention',
  attribution: '/analytics/attribution',
  paths: '/analytics/paths',
  values: '/analytics/values',
} as const;

function searchOf({ id, days, definition }: SavedReport) {
  const { from, to, ...request } = definition?.request ?? {};
  return {
    q: JSON.stringify(request),
    saved: String(id),
    ...(days === null ? { from, to } : { days: String(days) }),
  };
}

/** Reports kept by the reader and by colleagues who share them. */
export function SavedPage() {
  const { t } = useTranslation();
  const { can, role } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const reports = useQuery(savedReportsQuery(api));
  const [leaving, setLeaving] = useState<SavedReport | null>(null);
  return (
    <>
      <PageHeader title={t('analytics.saved')} purpose={t('analytics.savedPurpose')} />
      {reports.error === null ? null : <ProblemAlert error={reports.error} onRetry={() => void reports.refetch()} />}
      {reports.data === undefined ? null : reports.data.length === 0 ? (
        <EmptyState title={t('analytics.noSaved')} action={<Link to="/analytics/trends">{t('analytics.trends')}</Link>}>
          {t('analytics.noSavedAdvice')}
        </EmptyState>
      ) : (
        <Card flush>
          <Table.ScrollContainer
            minWidth={480}
            type="native"
            tabIndex={0}
            role="group"
            aria-label={t('analytics.saved')}
          >
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('analytics.name')}</Table.Th>
                  <Table.Th>{t('analytics.kindTitle')}</Table.Th>
                  <Table.Th ta="end">{t('analytics.changed')}</Table.Th>
                  <Table.Th ta="end">{t('table.actions')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {reports.data.map((report) => (
                  <Table.Tr key={report.id}>
                    <Table.Th scope="row" fw={400}>
                      <Group gap="xs">
                        {report.definition === null ? (
                          <Text size="sm">
                            {report.name} ({t('analytics.unreadable')})
                          </Text>
                        ) : (
                          <Link to={pages[report.kind]} search={searchOf(report)}>
                            {report.name}
                          </Link>
                        )}
                        {report.shared ? <Badge variant="light">{t('analytics.sharedBadge')}</Badge> : null}
                      </Group>
                    </Table.Th>
                    <Table.Td>{t(`analytics.kind.${report.kind}`)}</Table.Td>
                    <Table.Td ta="end">
                      <Relative at={report.updatedAt} />
                    </Table.Td>
                    <Table.Td ta="end">
                      {can('analytics.write') && (report.mine || role === 'owner') ? (
                        <ActionIcon
                          aria-label={t('analytics.removeReport', { name: report.name })}
                          onClick={() => setLeaving(report)}
                        >
                          <IconTrash size={16} aria-hidden="true" />
                        </ActionIcon>
                      ) : null}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Card>
      )}
      <ConfirmDialog
        opened={leaving !== null}
        title={t('analytics.removeReport', { name: leaving?.name ?? '' })}
        confirmLabel={t('action.remove')}
        danger
        onConfirm={async () => {
          if (leaving === null) return;
          await removeReport(api, leaving.id);
          await client.invalidateQueries({ queryKey: ['report', 'saved'] });
        }}
        onClose={() => setLeaving(null)}
      >
        {t(leaving?.shared === true ? 'analytics.removeShared' : 'analytics.removeOwn')}
      </ConfirmDialog>
    </>
  );
}
