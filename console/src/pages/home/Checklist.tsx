import { Button, Text } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconCircleCheckFilled, IconCircleDashed } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Stats } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { usersQuery } from '../../api/settings.ts';
import { sourcesQuery } from '../../api/sources.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import styles from './Home.module.css';

/** The first steps of a new workspace; gone once they are done or sent away. */
export function Checklist({ stats }: { stats: Stats | undefined }) {
  const { t } = useTranslation();
  const { can, workspace } = useSession();
  const api = useApi();
  const [hidden, setHidden] = useLocalStorage({ key: `vitrail.checklist.${workspace.id}`, defaultValue: false });
  const isBuilder = can('data.write');
  const sources = useQuery({ ...sourcesQuery(api), enabled: isBuilder });
  const users = useQuery({ ...usersQuery(api), enabled: can('users.write') });
  if (!isBuilder || hidden || stats === undefined || sources.data === undefined) return null;
  const steps = [
    { key: 'source', done: sources.data.length > 0, to: '/data/sources' },
    { key: 'event', done: stats.events > 0, to: '/data/live' },
    { key: 'orders', done: stats.orders > 0, to: '/data/imports/new' },
    { key: 'products', done: stats.products > 0, to: '/data/imports/new' },
    ...(users.data === undefined ? [] : [{ key: 'team', done: users.data.length > 1, to: '/settings/users' } as const]),
  ] as const;
  const next = steps.find((step) => !step.done);
  if (next === undefined) return null;
  const done = steps.filter((step) => step.done).length;
  return (
    <Card
      title={t('checklist.title')}
      note={t('checklist.progress', { done, total: steps.length })}
      actions={
        <Button variant="subtle" size="compact-sm" onClick={() => setHidden(true)}>
          {t('checklist.hide')}
        </Button>
      }
    >
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={step.key} className={styles.step} data-done={step.done} data-next={step === next}>
            <span className={styles.mark}>
              {step.done ? (
                <IconCircleCheckFilled size={18} color="var(--vt-good)" aria-label={t('checklist.done')} />
              ) : (
                <IconCircleDashed size={18} aria-hidden="true" />
              )}
              {t(`checklist.${step.key}`)}
            </span>
            {step.done ? null : (
              <Text size="sm" c="dimmed">
                {t(`checklist.${step.key}Advice`)}
              </Text>
            )}
            {step === next ? (
              <Button component={Link} to={step.to} size="compact-md" mt="auto" style={{ alignSelf: 'flex-start' }}>
                {t('checklist.go')}
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
    </Card>
  );
}
