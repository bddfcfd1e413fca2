import { Button, Checkbox, Code, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type LinkMarks, markUrl, withOwnMarks } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { changeLinkMarks, linkMarksQuery } from '../../api/messages.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { LinkMarkFields } from '../../ui/LinkMarkFields.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import styles from './SendingRules.module.css';

/** How links of marketing messages are marked, with what comes of it. */
export function LinkMarksCard() {
  const { t } = useTranslation();
  const query = useQuery(linkMarksQuery(useApi()));
  return (
    <Card title={t('links.title')} note={t('links.note')}>
      {query.error === null ? null : <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.data === undefined ? <Skeleton height={120} aria-busy="true" /> : <Form marks={query.data} />}
    </Card>
  );
}

function Form({ marks }: { marks: LinkMarks }) {
  const { t } = useTranslation();
  const { can, workspace } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const [draft, setDraft] = useState(marks);
  const save = useMutation({
    mutationFn: () => changeLinkMarks(api, draft),
    onSuccess: async () => {
      notifications.show({ message: t('links.saved') });
      await client.invalidateQueries({ queryKey: ['linkMarks'] });
    },
  });
  const example = markUrl('https://shop.example/boots', draft, {
    campaign: t('links.exampleCampaign'),
    template: t('links.exampleTemplate'),
    channel: 'email',
    variant: 'A',
    workspace: workspace.name,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <fieldset disabled={!can('settings.write')} className={styles.plain}>
        <Stack gap="md">
          <Checkbox
            label={t('links.active')}
            checked={draft.active}
            onChange={(event) => setDraft({ ...draft, active: event.currentTarget.checked })}
          />
          {draft.active ? (
            <>
              <LinkMarkFields
                value={draft}
                otherwise={{}}
                onChange={(value) => setDraft({ active: true, ...withOwnMarks(draft, value) })}
              />
              <Text size="sm" c="dimmed">
                {t('links.words')} <Code>{'{campaign} {template} {channel} {variant} {workspace}'}</Code>
              </Text>
              <Text size="sm" component="p" m={0} className={styles.example}>
                {t('links.example')} <Code>{example}</Code>
              </Text>
            </>
          ) : null}
          {save.error === null ? null : <ProblemAlert error={save.error} />}
          {can('settings.write') ? (
            <Group justify="flex-end">
              <Button type="submit" variant="default" loading={save.isPending}>
                {t('links.save')}
              </Button>
            </Group>
          ) : null}
        </Stack>
      </fieldset>
    </form>
  );
}
