import { useTranslation } from '../i18n/useTranslation.tsx';
import styles from './Badges.module.css';
import { FamilyMark } from './FamilyMark.tsx';
import type { Family } from './theme/palette.ts';

/** A source by name, in the colour and shape of its family. Without a name it stands for the family. */
export function SourceBadge({ family, name }: { family: Family; name?: string | undefined }) {
  const { t } = useTranslation();
  const familyName = t(`family.${family}`);
  return (
    <span className={styles.source} data-family={family} title={name === undefined ? undefined : familyName}>
      <FamilyMark family={family} />
      <span className={styles.label}>{name ?? familyName}</span>
    </span>
  );
}
