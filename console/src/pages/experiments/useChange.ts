import { useFormat } from '../../ui/format/FormatProvider.tsx';

/** A change in words: "+8.2%" of control, or in the unit of the metric where control has nothing to be a share of. */
export function useChange(): (value: number, relative: boolean) => string {
  const format = useFormat();
  return (value, relative) => {
    const text = relative ? format.percent(value) : format.number(value, 4);
    return value > 0 ? `+${text}` : text;
  };
}
