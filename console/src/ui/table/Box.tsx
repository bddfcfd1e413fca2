import styles from './DataTable.module.css';

interface BoxProps {
  readonly label: string;
  readonly checked: boolean;
  /** Some of what it stands for are chosen. */
  readonly partly?: boolean;
  readonly onChange: (on: boolean, isRange: boolean) => void;
}

/** The browser's own box: a list has one in each row. */
export function Box({ label, checked, partly = false, onChange }: BoxProps) {
  return (
    <label className={styles.box}>
      <input
        type="checkbox"
        aria-label={label}
        checked={checked}
        ref={(element) => {
          if (element !== null) element.indeterminate = partly;
        }}
        onChange={({ currentTarget, nativeEvent }) =>
          onChange(currentTarget.checked, 'shiftKey' in nativeEvent && nativeEvent.shiftKey === true)
        }
      />
    </label>
  );
}
