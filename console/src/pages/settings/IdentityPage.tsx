import { Stack } from '@mantine/core';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { BlockedValues } from './BlockedValues.tsx';
import { NamespaceRules } from './NamespaceRules.tsx';

/** What makes two records one person. */
export function IdentityPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('place.identity')} purpose={t('identity.purpose')} />
      <Stack gap="lg">
        <NamespaceRules />
        <BlockedValues />
      </Stack>
    </>
  );
}
