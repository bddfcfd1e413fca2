import { Code, Title } from '@mantine/core';
import { differences } from './differences.ts';

interface DifferenceListProps {
  readonly former: object;
  readonly next: object;
  /** What a screen reader says of what only the former has, and only the next. */
  readonly labels: { readonly removed: string; readonly added: string };
}

/** Where two values differ, place by place. */
export const DifferenceList = ({ former, next, labels }: DifferenceListProps) =>
  differences(former, next).map(({ place, removed, added }) => (
    <div key={place}>
      <Title order={3} size="h6">
        {place}
      </Title>
      {removed === '' ? null : (
        <Code block color="red.1" aria-label={labels.removed}>
          {removed}
        </Code>
      )}
      {added === '' ? null : (
        <Code block color="teal.1" aria-label={labels.added}>
          {added}
        </Code>
      )}
    </div>
  ));
