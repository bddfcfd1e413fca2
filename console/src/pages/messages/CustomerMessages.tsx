import { useTranslation } from '../../i18n/useTranslation.tsx';
import { MessageTable } from './MessageTable.tsx';

/** What a customer was sent, and why something was not. */
export default function CustomerMessages({ profile }: { profile: string }) {
  const { t } = useTranslation();
  return <MessageTable asked={{ profile }} empty={t('messages.noneOf')} />;
}
