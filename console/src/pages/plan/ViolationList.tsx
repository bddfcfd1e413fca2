import { Code, Skeleton, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../api/context.tsx';
import { violationsQuery } from '../../api/plan.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { Num, Relative } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

/** Which rule was broken how often. */
export function ViolationList({ event }: { event: string }) {
  const { t } = useTranslation();
  const violations = useQuery(violationsQuery(useApi(), event));
  return (
    <Card title={t('plan.violations')} note={t('plan.violationsNote')}>
      {violations.isPending ? <Skeleton height={80} /> : null}
      {violations.error === null ? null : (
        <ProblemAlert error={violations.error} onRetry={() => void violations.refetch()} />
      )}
      {violations.data?.length === 0 ? <Text c="dimmed">{t('plan.noViolation')}</Text> : null}
      {violations.data === undefined || violations.data.length === 0 ? null : (
        <Table.ScrollContainer minWidth={480} type="native" tabIndex={0} role="group" aria-label={t('plan.violations')}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('plan.rule')}</Table.Th>
                <Table.Th ta="end">{t('plan.count')}</Table.Th>
                <Table.Th>{t('plan.lastMessage')}</Table.Th>
                <Table.Th ta="end">{t('plan.lastViolation')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {violations.data.map((violation) => (
                <Table.Tr key={violation.rule}>
                  <Table.Td>
                    <Code>{violation.rule}</Code>
                  </Table.Td>
                  <Table.Td ta="end">
                    <Num value={violation.count} />
                  </Table.Td>
                  <Table.Td>
                    <Text size="xs" c="dimmed">
                      {violation.lastMessageId}
                    </Text>
                  </Table.Td>
                  <Table.Td ta="end">
                    <Relative at={violation.lastAt} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Card>
  );
}
