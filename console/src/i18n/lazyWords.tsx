import { type ComponentType, lazy, use } from 'react';
import { useI18nStore } from './useTranslation.tsx';

/**
 * A part that comes when it is first shown, with the files of words that its page does not bring. Suspends meanwhile. The test
 * of `rooms.ts` reads these calls: the rooms and the import stand in them as they are.
 */
export function lazyWords<Props extends object>(
  rooms: readonly string[],
  load: () => Promise<{ default: ComponentType<Props> }>,
) {
  const Part = lazy(load);
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each part, beside `lazy`, never while drawing
  return function WithWords(props: Props) {
    use(useI18nStore().load(rooms));
    return <Part {...props} />;
  };
}
