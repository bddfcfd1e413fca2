import { Popover, Text, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './Term.module.css';

interface TermProps {
  /** The word itself, as it stands in the text. */
  readonly children: ReactNode;
  /** What it means, in a sentence or two. */
  readonly meaning: ReactNode;
}

/** A word of a craft: a click, or Enter, says what it means. */
export function Term({ children, meaning }: TermProps) {
  return (
    <Popover width={320} position="bottom-start" withinPortal>
      <Popover.Target>
        <UnstyledButton component="button" type="button" className={styles.term}>
          {children}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm" component="div">
          {meaning}
        </Text>
      </Popover.Dropdown>
    </Popover>
  );
}
