import type { ReactNode } from 'react';
import styles from './Labelled.module.css';

/** One row of a condition's form: what it is about at the left, its fields at the right. */
export function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className={styles.row}>
      <legend className={styles.hidden}>{label}</legend>
      <span className={styles.label} aria-hidden="true">
        {label}
      </span>
      <div className={styles.fields}>{children}</div>
    </fieldset>
  );
}
