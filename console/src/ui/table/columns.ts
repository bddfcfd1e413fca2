import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** The value for a CSV file; a column without one is left out of it. */
  readonly text?: (row: Row) => string | number | null | undefined;
  readonly align?: 'end';
  readonly width?: string;
  /** Hidden until chosen. */
  readonly optional?: boolean;
  /** Cannot be hidden: the name of the row. */
  readonly fixed?: boolean;
}

/** What a reader chose, by column id; a column they never touched follows its default. */
export type ColumnChoice = Readonly<Record<string, boolean>>;

export const isShown = <Row>(column: Column<Row>, choice: ColumnChoice): boolean =>
  column.fixed === true || (choice[column.id] ?? column.optional !== true);

export const choiceKey = (table: string): string => `vitrail.columns.${table}`;

export function readChoice(stored: string | null): ColumnChoice {
  if (stored === null) return {};
  try {
    const parsed: unknown = JSON.parse(stored);
    if (typeof parsed !== 'object' || parsed === null) return {};
    return Object.fromEntries(
      Object.entries(parsed).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'),
    );
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
