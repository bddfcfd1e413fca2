import { Code, Select, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { snippetIdSchema } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { snippetsQuery } from '../../api/sources.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import styles from './Sources.module.css';

/** Ready to paste: the code that sends the first event, for the client you already use. */
export function Snippets({ id }: { id: number }) {
  const { t } = useTranslation();
  const snippets = useQuery(snippetsQuery(useApi(), id));
  const [chosen, setChosen] = useState<string | null>(null);
  if (snippets.isPending) return <Skeleton height={240} />;
  if (snippets.data === undefined)
    return <ProblemAlert error={snippets.error} onRetry={() => void snippets.refetch()} />;
  const list = snippets.data.snippets;
  const snippet = list.find((one) => one.id === chosen) ?? list[0];
  if (snippet === undefined) return null;
  return (
    <Card title={t('snippets.title')} note={t('snippets.note', { host: snippets.data.host })}>
      <Stack gap="sm">
        <Select
          label={t('snippets.client')}
          maw={360}
          data={list.map((one) => ({ value: one.id, label: t(`snippet.${one.id}.name`) }))}
          value={snippet.id}
          onChange={(value) => setChosen(snippetIdSchema.safeParse(value).data ?? null)}
        />
        <Text size="sm" c="dimmed">
          {t(`snippet.${snippet.id}.advice`)}
        </Text>
        {snippet.install === null ? null : <CodeBlock text={snippet.install} label={t('snippets.install')} />}
        <CodeBlock text={snippet.code} label={t('snippets.code')} />
      </Stack>
    </Card>
  );
}

function CodeBlock({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation();
  return (
    <div className={styles.block}>
      <Code block className={styles.code} tabIndex={0} role="group" aria-label={label}>
        {text}
      </Code>
      <div className={styles.copy}>
        <CopyButton value={text} label={t('snippets.copy', { what: label })} />
      </div>
    </div>
  );
}
