import { Button, Group, Menu, Stack, Text } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { sqlLimits } from '@vitrail/contracts';
import { useEffect, useRef } from 'react';
import { useApi } from '../../api/context.tsx';
import { runSql } from '../../api/sql.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { offsetOf } from './editText.ts';
import { examples } from './examples.ts';
import { SchemaBrowser } from './SchemaBrowser.tsx';
import styles from './Sql.module.css';
import { type EditorHandle, SqlEditor } from './SqlEditor.tsx';
import { SqlProblem } from './SqlProblem.tsx';
import { SqlResult } from './SqlResult.tsx';

/** Questions in SQL, over the published views and nothing else. The statement is kept in this browser. */
export function SqlPage() {
  const { t } = useTranslation();
  const api = useApi();
  const [text, setText] = useLocalStorage<string>({ key: 'vitrail.sql', defaultValue: examples[0].text });
  const editor = useRef<EditorHandle>(null);
  const running = useRef<AbortController>(null);
  const run = useMutation({
    mutationFn: (query: string) => {
      const stop = new AbortController();
      running.current = stop;
      return runSql(api, query, stop.signal);
    },
    retry: false,
  });
  // A statement nobody waits for is stopped on the server as well.
  useEffect(() => () => running.current?.abort(), []);
  const stopped = run.error instanceof DOMException && run.error.name === 'AbortError';
  const start = () => {
    if (!run.isPending && text.trim() !== '') run.mutate(text);
  };
  return (
    <>
      <PageHeader title={t('sql.title')} purpose={t('sql.purpose')} />
      <div className={styles.columns}>
        <Stack gap="lg" miw={0}>
          <Card>
            <Stack gap="sm">
              <SqlEditor value={text} onChange={setText} onRun={start} handle={editor} />
              <Group justify="space-between" gap="xs">
                <Group gap="xs">
                  {run.isPending ? (
                    <Button
                      variant="default"
                      leftSection={<IconPlayerStop size={16} aria-hidden="true" />}
                      onClick={() => running.current?.abort()}
                    >
                      {t('sql.stop')}
                    </Button>
                  ) : (
                    <Button
                      leftSection={<IconPlayerPlay size={16} aria-hidden="true" />}
                      onClick={start}
                      disabled={text.trim() === ''}
                    >
                      {t('sql.run')}
                    </Button>
                  )}
                  <Menu position="bottom-start">
                    <Menu.Target>
                      <Button variant="default">{t('sql.examples')}</Button>
                    </Menu.Target>
                    <Menu.Dropdown>
                      {examples.map((example) => (
                        <Menu.Item key={example.key} onClick={() => setText(example.text)}>
                          {t(`sql.example.${example.key}`)}
                        </Menu.Item>
                      ))}
                    </Menu.Dropdown>
                  </Menu>
                </Group>
                <Text size="xs" c="dimmed">
                  {t('sql.limits', { seconds: sqlLimits.seconds, rows: sqlLimits.rows })}
                </Text>
              </Group>
            </Stack>
          </Card>
          <div aria-live="polite">
            {run.isPending ? <Text c="dimmed">{t('sql.running')}</Text> : null}
            {stopped ? <Text c="dimmed">{t('sql.stopped')}</Text> : null}
            {run.error !== null && !stopped ? (
              <SqlProblem
                error={run.error}
                onGoTo={(line, column) => editor.current?.goTo(offsetOf(text, line, column))}
              />
            ) : null}
          </div>
          {run.data === undefined ? null : <SqlResult answer={run.data} loadedAt={Date.parse(run.data.at)} />}
        </Stack>
        <SchemaBrowser onPick={(name) => editor.current?.insert(name)} />
      </div>
    </>
  );
}
