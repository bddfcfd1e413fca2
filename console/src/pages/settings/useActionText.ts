import { useTranslation } from '../../i18n/useTranslation.tsx';
import { humanName } from '../../ui/value.ts';

const known = [
  'coupon_pool.created',
  'data.exported',
  'drops.replayed',
  'exchange_rates.imported',
  'identity.blocked_values_changed',
  'identity.namespaces_changed',
  'key.created',
  'key.revoked',
  'loyalty.changed',
  'merge.undone',
  'offer.changed',
  'offer.created',
  'planned_event.changed',
  'planned_event.created',
  'planned_event.removed',
  'profile.erased',
  'profile.exported',
  'purposes.changed',
  'site.changed',
  'site.created',
  'site.removed',
  'source.archived',
  'source.changed',
  'source.created',
  'suppression.added',
  'suppression.imported',
  'suppression.removed',
  'user.added',
  'user.invitation_renewed',
  'user.invited',
  'user.removed',
  'user.role_changed',
  'workspace.changed',
  'workspace.created',
  'workspace.taken_over',
] as const;

type Dashed<Action extends string> = Action extends `${infer Area}.${infer Deed}` ? `${Area}-${Deed}` : never;

function keyOf<Action extends (typeof known)[number]>(action: Action): Dashed<Action>;
function keyOf(action: string): string {
  return action.replace('.', '-');
}

/** What was done, in words; an action newer than this console keeps its name, made readable. */
export function useActionText(): (action: string) => string {
  const { t } = useTranslation();
  return (action) => {
    const ours = known.find((one) => one === action);
    return ours === undefined ? humanName(action) : t(`auditAction.${keyOf(ours)}`);
  };
}
