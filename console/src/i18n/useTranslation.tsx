import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import type { I18n, I18nStore } from './i18n.ts';

const StoreContext = createContext<I18nStore | null>(null);

export function I18nProvider({ store, children }: { store: I18nStore; children: ReactNode }) {
  return <StoreContext value={store}>{children}</StoreContext>;
}

/** For the few places that change the language. */
export function useI18nStore(): I18nStore {
  const store = useContext(StoreContext);
  if (store === null) throw new Error('useTranslation is used outside I18nProvider.');
  return store;
}

/** The words of the reader's language: `t('key', values)`. */
export function useTranslation(): I18n {
  const store = useI18nStore();
  return useSyncExternalStore(store.watch, store.current);
}
