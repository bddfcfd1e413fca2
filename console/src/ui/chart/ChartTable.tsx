import { Anchor, Table } from '@mantine/core';
import type { ChartData } from './chartData.ts';

interface ChartTableProps {
  readonly title: string;
  readonly axis: string;
  readonly data: ChartData;
  readonly height: number;
  readonly label: (label: string) => string;
  readonly value: (value: number) => string;
  readonly onPick: ((at: number) => void) | undefined;
}

/** The numbers of a chart. */
export default function ChartTable({ title, axis, data, height, label, value, onPick }: ChartTableProps) {
  return (
    <Table.ScrollContainer minWidth={320} maxHeight={height} type="native" tabIndex={0} role="group" aria-label={title}>
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{axis}</Table.Th>
            {data.series.map(({ name }) => (
              <Table.Th key={name} ta="end">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.labels.map((one, at) => (
            <Table.Tr key={one}>
              <Table.Th scope="row" fw={400}>
                {onPick === undefined ? (
                  label(one)
                ) : (
                  <Anchor component="button" type="button" onClick={() => onPick(at)}>
                    {label(one)}
                  </Anchor>
                )}
              </Table.Th>
              {data.series.map(({ name, values }) => {
                const number = values[at];
                return (
                  <Table.Td key={name} ta="end">
                    {number === null || number === undefined ? '–' : value(number)}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
