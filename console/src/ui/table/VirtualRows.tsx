import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { Fragment, type ReactNode, type Ref, type RefObject, useLayoutEffect, useState } from 'react';
import styles from './DataTable.module.css';

interface VirtualRowsProps {
  readonly count: number;
  readonly keyOf: (at: number) => string;
  readonly draw: (at: number, measure: Ref<HTMLTableRowElement>) => ReactNode;
  readonly body: RefObject<HTMLTableSectionElement | null>;
}

const rowHeight = 45;

/** Of a long list only the rows in view are drawn; two empty rows hold the room of the others. */
export default function VirtualRows({ count, keyOf, draw, body }: VirtualRowsProps) {
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    const top = body.current?.getBoundingClientRect().top;
    if (top !== undefined) setMargin(top + window.scrollY);
  }, [body]);
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: margin,
    getItemKey: keyOf,
  });
  const items = virtualizer.getVirtualItems();
  const before = (items[0]?.start ?? margin) - margin;
  const after = virtualizer.getTotalSize() - ((items.at(-1)?.end ?? margin) - margin);
  return (
    <>
      {before > 0 ? <tr className={styles.gap} style={{ height: before }} /> : null}
      {items.map(({ index, key }) => (
        <Fragment key={key}>{draw(index, virtualizer.measureElement)}</Fragment>
      ))}
      {after > 0 ? <tr className={styles.gap} style={{ height: after }} /> : null}
    </>
  );
}
