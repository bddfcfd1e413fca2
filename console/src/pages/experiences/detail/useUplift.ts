import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';

/** A change in words: "+8.2%" of the control group, or in points where nobody of it bought. */
export function useUplift(): (share: number, relative: boolean) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (share, relative) => {
    const number = format.number(share * 100, 1);
    return t(relative ? 'experiences.percentMore' : 'experiences.pointsMore', {
      number: share > 0 ? `+${number}` : number,
    });
  };
}
