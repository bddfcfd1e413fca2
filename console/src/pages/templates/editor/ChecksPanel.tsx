import { Button, Group, Stack, Switch, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { TemplateContent } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { checkTemplate } from '../../../api/templates.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { ProblemList } from './ProblemList.tsx';

/** Looks at the draft with real customers before anybody gets it. */
export function ChecksPanel({ id, content }: { id: string; content: TemplateContent }) {
  const { t } = useTranslation();
  const api = useApi();
  const [links, setLinks] = useState(false);
  const check = useMutation({ mutationFn: () => checkTemplate(api, id, content, links) });
  return (
    <Stack gap="md">
      <Text size="sm">{t('templates.checks.note')}</Text>
      <Group justify="space-between">
        <Switch
          label={t('templates.checks.links')}
          checked={links}
          onChange={(event) => setLinks(event.currentTarget.checked)}
        />
        <Button loading={check.isPending} onClick={() => check.mutate()}>
          {t('templates.checks.run')}
        </Button>
      </Group>
      {check.error === null ? null : <ProblemAlert error={check.error} />}
      {check.data === undefined ? null : (
        <Stack gap="sm" role="status">
          {check.data.problems.length === 0 ? (
            <StatusBadge tone="good">{t('templates.checks.fine')}</StatusBadge>
          ) : (
            <ProblemList problems={check.data.problems} />
          )}
          <Text size="sm" c="dimmed">
            {t('templates.checks.people', { count: check.data.people })}
          </Text>
        </Stack>
      )}
    </Stack>
  );
}
