import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AdAudience } from '@vitrail/contracts';
import { lazy, Suspense, useState } from 'react';
import { adAudiencesQuery, removeAdAudience, syncAdAudience } from '../../api/adAudiences.ts';
import { useApi } from '../../api/context.tsx';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { notifications } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { AudienceCard } from './AudienceCard.tsx';

// Loaded when first opened.
const AudienceDialog = lazy(() => import('./AudienceDialog.tsx'));

type Open = { readonly kind: 'add' } | { readonly kind: 'change' | 'remove'; readonly audience: AdAudience };

/** Which segments go to which advertising companies, who is in them there, and what is in the way. */
export function AdAudiencesPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const list = useQuery(adAudiencesQuery(api));
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const refresh = () => client.invalidateQueries({ queryKey: ['adAudiences'] });
  const sync = useMutation({
    mutationFn: (audience: AdAudience) => syncAdAudience(api, audience.id),
    onSuccess: async () => {
      notifications.show({ message: t('ads.syncing') });
      await refresh();
    },
  });
  const add = can('settings.write') ? (
    <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setOpen({ kind: 'add' })}>
      {t('ads.new')}
    </Button>
  ) : undefined;
  const removed = open?.kind === 'remove' ? open.audience : null;
  const ending = removed?.state === 'ending';
  return (
    <>
      <PageHeader title={t('place.adAudiences')} purpose={t('ads.purpose')} actions={add} />
      {list.error === null ? null : <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />}
      {sync.error === null ? null : <ProblemAlert error={sync.error} />}
      {list.data === undefined && list.error === null ? <Skeleton height={320} aria-busy="true" /> : null}
      {list.data?.items.length === 0 ? (
        <EmptyState title={t('ads.first')} action={add}>
          {t('ads.firstAdvice')}
        </EmptyState>
      ) : null}
      <Stack gap="lg">
        {list.data?.items.map((audience) => (
          <AudienceCard
            key={audience.id}
            audience={audience}
            onSync={() => sync.mutate(audience)}
            onChange={() => setOpen({ kind: 'change', audience })}
            onRemove={() => setOpen({ kind: 'remove', audience })}
          />
        ))}
      </Stack>
      <Suspense>
        {open?.kind === 'add' ? <AudienceDialog audience={null} onClose={close} /> : null}
        {open?.kind === 'change' ? <AudienceDialog audience={open.audience} onClose={close} /> : null}
      </Suspense>
      <ConfirmDialog
        opened={removed !== null}
        title={t('ads.removeTitle', { name: removed?.name ?? '' })}
        confirmLabel={t(ending ? 'ads.forget' : 'ads.remove')}
        danger
        onClose={close}
        onConfirm={async () => {
          if (removed !== null) await removeAdAudience(api, removed.id, ending);
          await refresh();
        }}
      >
        <Text>{t(ending ? 'ads.forgetNote' : 'ads.removeNote')}</Text>
      </ConfirmDialog>
    </>
  );
}
