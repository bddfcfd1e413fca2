import { Group, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import styles from './Page.module.css';

interface PageHeaderProps {
  readonly title: string;
  /** One line: what a person does here. */
  readonly purpose?: ReactNode;
  readonly before?: ReactNode;
  readonly actions?: ReactNode;
  readonly above?: ReactNode;
}

/** Title, purpose, primary action at the right. Names the browser tab too. */
export function PageHeader({ title, purpose, before, actions, above }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · Vitrail`;
  }, [title]);
  return (
    <header className={styles.header}>
      {above}
      <div className={styles.headline}>
        <div className={styles.lead}>
          {before}
          <div className={styles.titles}>
            <Title order={1} className={styles.title}>
              {title}
            </Title>
            {purpose === undefined ? null : (
              <Text component="div" c="dimmed" className={styles.purpose}>
                {purpose}
              </Text>
            )}
          </div>
        </div>
        {actions === undefined ? null : <Group gap="xs">{actions}</Group>}
      </div>
    </header>
  );
}
