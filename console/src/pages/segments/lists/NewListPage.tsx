import { Anchor, Button, Group, Progress, Stack, Textarea, TextInput } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { createList } from '../../../api/segments.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { notifications } from '../../../ui/notify.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import page from '../Segments.module.css';
import { PeopleField } from './People.tsx';
import { readLines } from './readLines.ts';
import { sendLines } from './sendLines.ts';

/** A list of people as somebody chose them: pasted, or from a file. */
export function NewListPage() {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [text, setText] = useState('');
  const [progress, setProgress] = useState(0);
  // A list that was made before sending failed is gone on with, not made twice.
  const [made, setMade] = useState<string | null>(null);
  const create = useMutation({
    mutationFn: async () => {
      const id = made ?? (await createList(api, { name, description })).id;
      setMade(id);
      const sent = await sendLines(api, id, 'add', readLines(text).lines, setProgress);
      return { id, ...sent };
    },
    onSuccess: async ({ id, added, unknown }) => {
      await client.invalidateQueries({ queryKey: ['segments'] });
      notifications.show({ message: t('segments.list.sent', { added, removed: 0, unknown }), autoClose: 12_000 });
      await navigate({ to: '/segments/$id', params: { id }, search: { tab: 'members' } });
    },
  });
  return (
    <>
      <PageHeader
        above={
          <Anchor component={Link} to="/segments" size="sm" c="dimmed" className={page.back}>
            <IconArrowLeft size={14} aria-hidden="true" /> {t('segments.title')}
          </Anchor>
        }
        title={t('segments.newList')}
        purpose={t('segments.list.purpose')}
      />
      <Card>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== '') create.mutate();
          }}
        >
          <Stack maw={640}>
            <TextInput
              label={t('segments.name')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              maxLength={120}
              required
            />
            <Textarea
              label={t('segments.description')}
              value={description}
              onChange={(event) => setDescription(event.currentTarget.value)}
              maxLength={1_000}
              autosize
              minRows={1}
            />
            <PeopleField value={text} onChange={setText} />
            {create.isPending ? <Progress value={progress * 100} aria-label={t('segments.list.sending')} /> : null}
            {create.error === null ? null : <ProblemAlert error={create.error} />}
            <Group justify="flex-end">
              <Button variant="default" component={Link} to="/segments">
                {t('action.cancel')}
              </Button>
              <Button type="submit" loading={create.isPending}>
                {t('segments.list.create')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Card>
    </>
  );
}
