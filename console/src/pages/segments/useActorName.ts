import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';

/** Who did it, from `user:…` or `key:…` as the server keeps it: oneself by name, others by what they are. */
export function useActorName(): (actor: string) => string {
  const { t } = useTranslation();
  const { user } = useSession();
  return (actor) => {
    const [kind = '', id = ''] = actor.split(/:(.*)/s);
    if (kind === 'user') return id === user.id ? user.name : t('actor.user');
    if (kind === 'key') return t('actor.key');
    return kind === 'system' ? t('actor.system') : actor;
  };
}
