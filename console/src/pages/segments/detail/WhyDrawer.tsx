import { Drawer } from '@mantine/core';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Explanation } from './Why.tsx';

interface WhyDrawerProps {
  readonly segment: { readonly id: string; readonly name: string };
  readonly profile: string;
  readonly onClose: () => void;
}

/** Why a person is in a segment, beside their page. */
export default function WhyDrawer({ segment, profile, onClose }: WhyDrawerProps) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      title={t('segments.customer.why', { name: segment.name })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Explanation of={{ id: segment.id }} profile={profile} />
    </Drawer>
  );
}
