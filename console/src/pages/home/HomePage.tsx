import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/PageHeader.tsx';

export function HomePage() {
  const { t } = useTranslation();
  return <PageHeader title={t('place.home')} />;
}
