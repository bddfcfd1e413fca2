import { Button, Group, Menu, Stack, Text, Textarea } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReviewDetail } from '@vitrail/contracts';
import { type Ref, useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { assigneesQuery, assignReview, commentReview, reviewQuery } from '../../../api/reviews.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Relative } from '../../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import styles from './Review.module.css';

interface TalkProps {
  readonly review: ReviewDetail;
  readonly commentRef: Ref<HTMLTextAreaElement>;
  /** Back to the question, for the keyboard. */
  readonly onDone: () => void;
}

/** What was said and decided about a question, whose it is, and a field to say more. */
export function Talk({ review, commentRef, onDone }: TalkProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  return (
    <Card title={t('review.talk')} actions={can('profiles.write') ? <Assign review={review} /> : null}>
      <Stack gap="sm">
        {review.votes.length + review.discussion.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('review.silentSoFar')}
          </Text>
        ) : (
          <ul className={styles.talk}>
            {review.votes.map(({ by, decision, at, note }) => (
              <li key={`${by.id} ${at}`}>
                <b>{by.name}</b> {t(`review.voted.${decision}`)}{' '}
                <span className={styles.quiet}>
                  <Relative at={at} />
                </span>
                {note === null ? null : <div>{note}</div>}
              </li>
            ))}
            {review.discussion.map(({ id, by, at, text }) => (
              <li key={id}>
                <b>{by.name}</b>{' '}
                <span className={styles.quiet}>
                  <Relative at={at} />
                </span>
                <div className={styles.remark}>{text}</div>
              </li>
            ))}
          </ul>
        )}
        {can('profiles.write') ? <Remark review={review} commentRef={commentRef} onDone={onDone} /> : null}
      </Stack>
    </Card>
  );
}

function Remark({ review, commentRef, onDone }: TalkProps) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const [text, setText] = useState('');
  const send = useMutation({
    mutationFn: () => commentReview(api, review.id, text.trim()),
    onSuccess: (detail) => {
      client.setQueryData(reviewQuery(api, review.id).queryKey, detail);
      setText('');
      onDone();
    },
  });
  const ready = text.trim() !== '' && !send.isPending;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) send.mutate();
      }}
    >
      <Stack gap="xs">
        <Textarea
          ref={commentRef}
          label={t('review.remark')}
          description={t('review.remarkNote')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onDone();
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && ready) {
              event.preventDefault();
              send.mutate();
            }
          }}
          maxLength={2_000}
          autosize
          minRows={1}
          maxRows={8}
        />
        {send.error === null ? null : <ProblemAlert error={send.error} />}
        {text.trim() === '' ? null : (
          <Group justify="flex-end">
            <Button type="submit" variant="default" loading={send.isPending}>
              {t('review.send')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

/** Gives the question to oneself, a colleague, or nobody. */
function Assign({ review }: Pick<TalkProps, 'review'>) {
  const { t } = useTranslation();
  const { user } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const colleagues = useQuery(assigneesQuery(api)).data ?? [];
  const give = useMutation({
    mutationFn: (to: string | null) => assignReview(api, review.id, to),
    onSuccess: async (detail) => {
      client.setQueryData(reviewQuery(api, review.id).queryKey, detail);
      await client.invalidateQueries({ queryKey: ['reviews', 'list'] });
    },
  });
  const { assignee } = review;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconUserPlus size={14} aria-hidden="true" />}
          loading={give.isPending}
        >
          {assignee === null ? t('review.assign') : t('review.assigned', { name: assignee.name })}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={styles.colleagues}>
        {assignee?.id === user.id ? null : (
          <Menu.Item onClick={() => give.mutate(user.id)}>{t('review.assignMe')}</Menu.Item>
        )}
        {colleagues
          .filter(({ id }) => id !== assignee?.id && id !== user.id)
          .map(({ id, name }) => (
            <Menu.Item key={id} onClick={() => give.mutate(id)}>
              {name}
            </Menu.Item>
          ))}
        {assignee === null ? null : <Menu.Item onClick={() => give.mutate(null)}>{t('review.assignNobody')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}
