import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SenderDomain } from '@vitrail/contracts';
import { useState } from 'react';
import { addDomain, removeDomain } from '../../api/channels.ts';
import { useApi } from '../../api/context.tsx';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { DomainLine } from './DomainLine.tsx';

/** Domains mail is written from, and whether receivers can tell that it is theirs. */
export function Domains({ domains }: { domains: readonly SenderDomain[] }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<SenderDomain | null>(null);
  const editable = can('settings.write');
  const action = editable ? (
    <Button variant="default" onClick={() => setAdding(true)}>
      {t('deliverability.addDomain')}
    </Button>
  ) : undefined;
  return (
    <Card
      title={t('deliverability.domains')}
      note={t('deliverability.domainsNote')}
      actions={domains.length > 0 ? action : undefined}
    >
      {domains.length === 0 ? (
        <EmptyState title={t('deliverability.noDomains')} action={action}>
          {t('deliverability.noDomainsAdvice')}
        </EmptyState>
      ) : (
        <Stack gap="lg">
          {domains.map((domain) => (
            <DomainLine key={domain.domain} domain={domain} editable={editable} onRemove={() => setRemoving(domain)} />
          ))}
        </Stack>
      )}
      {adding ? <AddDomain onClose={() => setAdding(false)} /> : null}
      <ConfirmDialog
        opened={removing !== null}
        onClose={() => setRemoving(null)}
        title={t('deliverability.removeDomain', { domain: removing?.domain ?? '' })}
        confirmLabel={t('action.remove')}
        danger
        onConfirm={async () => {
          if (removing === null) return;
          await removeDomain(api, removing.domain);
          await client.invalidateQueries({ queryKey: ['deliverability'] });
          notifications.show({ message: t('deliverability.domainRemoved', { domain: removing.domain }) });
        }}
      >
        <Text>{t('deliverability.removeDomainAdvice')}</Text>
      </ConfirmDialog>
    </Card>
  );
}

function AddDomain({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const [domain, setDomain] = useState('');
  const add = useMutation({
    mutationFn: () => addDomain(api, domain.trim()),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['deliverability'] });
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('deliverability.addDomain')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <Stack gap="sm">
          {add.error === null ? null : <ProblemAlert error={add.error} />}
          <TextInput
            label={t('deliverability.domain')}
            description={t('deliverability.domainHint')}
            placeholder="shop.example"
            value={domain}
            required
            data-autofocus
            onChange={(event) => setDomain(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={add.isPending}>
              {t('deliverability.addDomain')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
