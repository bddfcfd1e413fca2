import { useTranslation } from '../i18n/useTranslation.tsx';
import { humanName } from './value.ts';

const known = ['anonymous_id', 'user_id', 'email', 'phone', 'loyalty_card', 'device_token'] as const;

/** The name of an identifier namespace as people say it; one from a connected system keeps its own name. */
export function useNamespaceName(): (namespace: string) => string {
  const { t } = useTranslation();
  return (namespace) => {
    const ours = known.find((name) => name === namespace);
    if (ours !== undefined) return t(`namespace.${ours}`);
    const system = /^(.+)_id$/.exec(namespace)?.[1];
    return system === undefined ? humanName(namespace) : t('namespace.system', { system: humanName(system) });
  };
}
