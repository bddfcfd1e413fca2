import { Button, Code, Group, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { DomainCheck, SenderDomain } from '@vitrail/contracts';
import { checkDomain } from '../../api/channels.ts';
import { useApi } from '../../api/context.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Relative } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx';
import styles from './Deliverability.module.css';

const tones: Readonly<Record<DomainCheck['state'], Tone>> = {
  ok: 'good',
  missing: 'bad',
  wrong: 'bad',
  unknown: 'warn',
};
const records = ['spf', 'dkim', 'dmarc', 'mx'] as const;

interface DomainLineProps {
  readonly domain: SenderDomain;
  readonly editable: boolean;
  readonly onRemove: () => void;
}

/** One domain: four records, what DNS has of each, and what to write there. */
export function DomainLine({ domain, editable, onRemove }: DomainLineProps) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const check = useMutation({
    mutationFn: () => checkDomain(api, domain.domain),
    onSuccess: () => client.invalidateQueries({ queryKey: ['deliverability'] }),
  });
  const { checks, checkedAt, dkim, signing } = domain;
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Group gap="xs">
          <Text fw={600}>{domain.domain}</Text>
          <StatusBadge tone={signing ? 'good' : 'quiet'}>
            {t(signing ? 'deliverability.signing' : 'deliverability.notSigning')}
          </StatusBadge>
          {checkedAt === null ? null : (
            <Text size="sm" c="dimmed">
              {t('deliverability.checked')} <Relative at={checkedAt} />
            </Text>
          )}
        </Group>
        {editable ? (
          <Group gap="xs">
            <Button size="compact-sm" variant="default" loading={check.isPending} onClick={() => check.mutate()}>
              {t('deliverability.check')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={onRemove}>
              {t('action.remove')}
            </Button>
          </Group>
        ) : null}
      </Group>
      {check.error === null ? null : <ProblemAlert error={check.error} />}
      <Table.ScrollContainer minWidth={560}>
        <Table aria-label={domain.domain}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('deliverability.record')}</Table.Th>
              <Table.Th>{t('deliverability.state')}</Table.Th>
              <Table.Th>{t('deliverability.found')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {records.map((name) => {
              const { state, found, advice } = checks?.[name] ?? { state: 'unknown', found: null, advice: 'try_later' };
              return (
                <Table.Tr key={name}>
                  <Table.Td>
                    <Text size="sm" fw={600}>
                      {name.toUpperCase()}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {t(`deliverability.means.${name}`)}
                    </Text>
                  </Table.Td>
                  <Table.Td className={styles.state}>
                    <StatusBadge tone={advice === 'only_watches' ? 'warn' : tones[state]}>
                      {t(`deliverability.stateOf.${state}`)}
                    </StatusBadge>
                  </Table.Td>
                  <Table.Td className={styles.found}>
                    {advice === 'none' ? null : <Text size="sm">{t(`deliverability.advice.${advice}`)}</Text>}
                    {found === null ? null : <Code>{found}</Code>}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {checks?.dkim.state === 'ok' ? null : (
        <Stack gap={4}>
          <Text size="sm">{t('deliverability.publish')}</Text>
          {[dkim.name, dkim.value].map((value) => (
            <Group key={value} gap="xs" wrap="nowrap">
              <Code className={styles.found}>{value}</Code>
              <CopyButton value={value} label={t('deliverability.copy')} />
            </Group>
          ))}
        </Stack>
      )}
    </Stack>
  );
}
