import { Link } from '@tanstack/react-router';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import styles from './Experiences.module.css';
import { starters } from './starters.ts';

/** Experiences to start from, with words in both languages. */
export function StarterGallery() {
  const { language } = useTranslation();
  return (
    <ul className={styles.starters}>
      {starters.map(({ key, name, purpose }) => (
        <li key={key}>
          <Link to="/website/experiences/new" search={{ start: key }} className={styles.starter}>
            <span className={styles.starterName}>{name[language]}</span>
            <span className={styles.starterPurpose}>{purpose[language]}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
