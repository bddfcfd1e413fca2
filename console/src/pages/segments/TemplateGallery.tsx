import { Link } from '@tanstack/react-router';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import styles from './Segments.module.css';
import { templates } from './templates.ts';

/** Segments to start from, each one click away from its count. */
export function TemplateGallery() {
  const { language } = useTranslation();
  return (
    <ul className={styles.templates}>
      {templates.map(({ key, name, purpose }) => (
        <li key={key}>
          <Link to="/segments/new" search={{ template: key }} className={styles.template}>
            <span className={styles.templateName}>{name[language]}</span>
            <span className={styles.templatePurpose}>{purpose[language]}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
