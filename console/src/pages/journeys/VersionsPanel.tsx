import { Button, Table, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { JourneyDefinition, JourneyDetail } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { journeyVersionQuery } from '../../api/journeys.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { DateTime, Num } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

/** Every version, who is still in it, and the way back to it. */
export function VersionsPanel({
  journey,
  onTake,
}: {
  journey: JourneyDetail;
  /** Null where nothing may be changed. */
  onTake: ((definition: JourneyDefinition) => void) | null;
}) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const take = useMutation({
    mutationFn: (version: number) => client.fetchQuery(journeyVersionQuery(api, journey.id, version)),
    onSuccess: ({ definition }) => onTake?.(definition),
  });
  return (
    <Card title={t('journeys.versions')} note={t('journeys.versionsNote')}>
      {take.error === null ? null : <ProblemAlert error={take.error} />}
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('journeys.version')}</Table.Th>
            <Table.Th>{t('journeys.savedAt')}</Table.Th>
            <Table.Th ta="end">{t('journeys.inside')}</Table.Th>
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {journey.versions.map(({ version, at, inside }) => (
            <Table.Tr key={version}>
              <Table.Td>{version}</Table.Td>
              <Table.Td>
                <DateTime at={at} />
              </Table.Td>
              <Table.Td ta="end">
                <Num value={inside} />
              </Table.Td>
              <Table.Td ta="end">
                {version === journey.version ? (
                  <Text size="xs" c="dimmed">
                    {t('journeys.current')}
                  </Text>
                ) : onTake === null ? null : (
                  <Button
                    size="compact-xs"
                    variant="default"
                    loading={take.isPending}
                    onClick={() => take.mutate(version)}
                  >
                    {t('journeys.takeVersion')}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}
