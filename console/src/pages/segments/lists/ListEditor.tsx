import { Button, Group, Progress, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { notifications } from '../../../ui/notify.ts';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { PeopleField } from './People.tsx';
import { readLines } from './readLines.ts';
import { sendLines } from './sendLines.ts';

/** Adds people to a list or takes them off it. */
export function ListEditor({ id }: { id: string }) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [progress, setProgress] = useState(0);
  const send = useMutation({
    mutationFn: (change: 'add' | 'remove') => sendLines(api, id, change, readLines(text).lines, setProgress),
    onSuccess: async (sent) => {
      setText('');
      await client.invalidateQueries({ queryKey: ['segments'] });
      notifications.show({ message: t('segments.list.sent', { ...sent }), autoClose: 12_000 });
    },
  });
  const none = readLines(text).lines.length === 0;
  return (
    <Card title={t('segments.list.change')}>
      <Stack maw={640}>
        <PeopleField value={text} onChange={setText} />
        {send.isPending ? <Progress value={progress * 100} aria-label={t('segments.list.sending')} /> : null}
        {send.error === null ? null : <ProblemAlert error={send.error} />}
        <Group>
          <Button disabled={none} loading={send.isPending} onClick={() => send.mutate('add')}>
            {t('segments.list.add')}
          </Button>
          <Button variant="default" disabled={none || send.isPending} onClick={() => send.mutate('remove')}>
            {t('segments.list.remove')}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}
