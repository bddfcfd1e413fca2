import { type CommerceEventName, commerceEventNames } from '@vitrail/contracts';
import { useTranslation } from '../i18n/useTranslation.tsx';

type Dashed<Text extends string> = Text extends `${infer Head} ${infer Tail}` ? `${Head}-${Dashed<Tail>}` : Text;

function keyOf<Name extends CommerceEventName>(name: Name): Dashed<Name>;
function keyOf(name: string): string {
  return name.replaceAll(' ', '-');
}

/** The e-commerce events of the spec in the reader's words; an event of the shop's own keeps its name. */
export function useEventName(): (event: string) => string {
  const { t } = useTranslation();
  return (event) => {
    const known = commerceEventNames.find((name) => name === event);
    return known === undefined ? event : t(`commerce.${keyOf(known)}`);
  };
}
