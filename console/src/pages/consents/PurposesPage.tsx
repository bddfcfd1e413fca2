import { Button, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { PurposeSettings } from '@vitrail/contracts';
import { useState } from 'react';
import { checkLedger, downloadLedger, purposesQuery, savePurposes } from '../../api/consents.ts';
import { useApi } from '../../api/context.tsx';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { saveFile } from '../../ui/csv.ts';
import { notifications } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { PurposeCard } from './PurposeCard.tsx';

/** What people are asked for, and what lets a message out. */
export function PurposesPage() {
  const { t } = useTranslation();
  const purposes = useQuery(purposesQuery(useApi()));
  return (
    <>
      <PageHeader title={t('place.consent')} purpose={t('purposes.lead')} />
      <Stack gap="lg">
        {purposes.isPending ? <Skeleton height={320} /> : null}
        {purposes.error === null ? null : (
          <ProblemAlert error={purposes.error} onRetry={() => void purposes.refetch()} />
        )}
        {purposes.data === undefined ? null : <Editor key={purposes.dataUpdatedAt} saved={purposes.data.items} />}
        <LedgerCard />
      </Stack>
    </>
  );
}

function Editor({ saved }: { saved: readonly PurposeSettings[] }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const [purposes, setPurposes] = useState(saved);
  const [added, setAdded] = useState('');
  const editable = can('settings.write');
  const save = useMutation({
    mutationFn: () =>
      savePurposes(
        api,
        purposes.map(({ builtIn: _, ...purpose }) => purpose),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['purposes'] });
      notifications.show({ message: t('purposes.saved') });
    },
  });
  const isNew = /^[a-z][a-z0-9_]{0,39}$/.test(added) && !purposes.some(({ name }) => name === added);
  const add = (): void => {
    const purpose: PurposeSettings = {
      name: added,
      builtIn: false,
      categories: [{ name: added, channel: '' }],
      bases: { '*': ['consent'] },
      expiresMonths: null,
    };
    setPurposes([...purposes, purpose]);
    setAdded('');
  };
  return (
    <>
      {purposes.map((purpose, index) => (
        <PurposeCard
          key={purpose.name}
          purpose={purpose}
          editable={editable}
          onChange={(next) => setPurposes(purposes.map((one, at) => (at === index ? next : one)))}
          onRemove={() => setPurposes(purposes.filter((one) => one !== purpose))}
        />
      ))}
      {editable ? (
        <Card>
          <Stack gap="md">
            <Group align="flex-end" gap="xs">
              <TextInput
                label={t('purposes.new')}
                description={t('purposes.newHint')}
                value={added}
                maxLength={40}
                onChange={(event) => setAdded(event.currentTarget.value)}
              />
              <Button variant="default" disabled={!isNew} onClick={add}>
                {t('purposes.add')}
              </Button>
            </Group>
            {save.error === null ? null : <ProblemAlert error={save.error} />}
            <Group>
              <Button loading={save.isPending} disabled={purposes === saved} onClick={() => save.mutate()}>
                {t('action.save')}
              </Button>
            </Group>
          </Stack>
        </Card>
      ) : null}
    </>
  );
}

/** The proof: to download, and to check that nobody has touched it. */
function LedgerCard() {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const check = useMutation({ mutationFn: () => checkLedger(api) });
  const download = useMutation({
    mutationFn: () => downloadLedger(api),
    onSuccess: (blob) => saveFile('consents.ndjson', blob),
  });
  const mayExport = can('export.read') && can('personal.read');
  if (!mayExport && !can('audit.read')) return null;
  const error = check.error ?? download.error;
  return (
    <Card title={t('purposes.ledger')} note={t('purposes.ledgerNote')}>
      <Stack gap="md">
        <Group gap="xs">
          {can('audit.read') ? (
            <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
              {t('purposes.check')}
            </Button>
          ) : null}
          {mayExport ? (
            <Button variant="default" loading={download.isPending} onClick={() => download.mutate()}>
              {t('purposes.download')}
            </Button>
          ) : null}
        </Group>
        <div role="status">
          {check.data === undefined ? null : (
            <>
              <StatusBadge tone={check.data.ok ? 'good' : 'bad'}>
                {check.data.ok ? t('purposes.whole') : t('purposes.broken', { entry: check.data.brokenAt ?? 0 })}
              </StatusBadge>
              <Text size="sm" c="dimmed" mt={4}>
                {t('purposes.entries', { entries: check.data.entries, erased: check.data.erased })}
              </Text>
            </>
          )}
        </div>
        {error === null ? null : <ProblemAlert error={error} />}
      </Stack>
    </Card>
  );
}
