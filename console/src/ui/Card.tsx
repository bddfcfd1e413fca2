import { Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import styles from './Page.module.css';

interface CardProps {
  readonly title?: string | undefined;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  /** Content reaches the edges, as tables do. */
  readonly flush?: boolean;
  readonly children: ReactNode;
}

/** A titled block of a page; a region of its own for screen readers. */
export function Card({ title, note, actions, flush, children }: CardProps) {
  const id = useId();
  return (
    <section className={styles.card} aria-labelledby={title === undefined ? undefined : id}>
      {title === undefined ? null : (
        <div className={styles.cardHead}>
          <div>
            <Title order={2} id={id}>
              {title}
            </Title>
            {note === undefined ? null : (
              <Text size="sm" c="dimmed" component="div">
                {note}
              </Text>
            )}
          </div>
          {actions}
        </div>
      )}
      <div className={styles.cardBody} data-flush={flush === true ? '' : undefined}>
        {children}
      </div>
    </section>
  );
}
