import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReportDefinition } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { changeReport, createReport, savedReportsQuery } from '../../../api/reports.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { notifications } from '../../../ui/notify.ts';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import type { Period } from './period.ts';

interface SaveReportProps {
  readonly definition: ReportDefinition;
  readonly period: Period;
  readonly saved: string | undefined;
}

/** Keeps what is asked, for oneself or for everybody. One's own saved report is changed in place. */
export function SaveReport({ definition, period, saved }: SaveReportProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const reports = useQuery({ ...savedReportsQuery(api), enabled: saved !== undefined });
  const own = reports.data?.find(({ id, mine }) => mine && String(id) === saved);
  const days = 'days' in period ? Number(period.days) : null;
  const save = useMutation({
    mutationFn: (copy: boolean) => {
      const fixed = 'days' in period ? {} : { from: period.from, to: period.to };
      const input = { name: name.trim(), shared, days, definition: withPeriod(definition, fixed) };
      return own === undefined || copy ? createReport(api, input) : changeReport(api, own.id, input);
    },
    onSuccess: async (report) => {
      setOpened(false);
      await client.invalidateQueries({ queryKey: ['report', 'saved'] });
      notifications.show({ message: t('analytics.savedAs', { name: report.name }) });
      void navigate({ to: '.', search: (former) => ({ ...former, saved: String(report.id) }), replace: true });
    },
  });
  if (!can('analytics.write')) return null;
  const open = () => {
    setName(own?.name ?? '');
    setShared(own?.shared ?? false);
    save.reset();
    setOpened(true);
  };
  return (
    <>
      <Button variant="default" leftSection={<IconDeviceFloppy size={16} aria-hidden="true" />} onClick={open}>
        {t('analytics.save')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('analytics.saveReport')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== '') save.mutate(false);
          }}
        >
          <Stack gap="sm">
            <TextInput
              label={t('analytics.name')}
              value={name}
              maxLength={120}
              required
              data-autofocus
              onChange={({ currentTarget }) => setName(currentTarget.value)}
            />
            <Checkbox
              label={t('analytics.shared')}
              description={t('analytics.sharedAdvice')}
              checked={shared}
              onChange={({ currentTarget }) => setShared(currentTarget.checked)}
            />
            {save.error === null ? null : <ProblemAlert error={save.error} />}
            <Group justify="flex-end" gap="xs">
              {own === undefined ? null : (
                <Button
                  variant="default"
                  disabled={name.trim() === ''}
                  loading={save.isPending}
                  onClick={() => save.mutate(true)}
                >
                  {t('analytics.saveCopy')}
                </Button>
              )}
              <Button type="submit" disabled={name.trim() === ''} loading={save.isPending}>
                {t('action.save')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}

/** Days chosen by hand belong to what is kept; rolling ones do not. */
function withPeriod(definition: ReportDefinition, fixed: { from?: string; to?: string }): ReportDefinition {
  const { from: _, to: __, ...request } = definition.request;
  return Object.assign({}, definition, { request: { ...request, ...fixed } });
}
