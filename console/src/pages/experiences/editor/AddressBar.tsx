import { Autocomplete, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { sitesQuery } from '../../../api/settings.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import styles from './Editor.module.css';
import { asAddress, lastPage } from './shopPage.ts';
import type { ShopPage } from './useShopPage.ts';

/** Which page of the shop; and how it is looked at. */
export function AddressBar({ shop, children }: { shop: ShopPage; children: ReactNode }) {
  const { t } = useTranslation();
  const { can, workspace } = useSession();
  const sites = useQuery({ ...sitesQuery(useApi()), enabled: can('settings.read') }).data ?? [];
  const domains = [...new Set(sites.flatMap(({ domain }) => (domain === null ? [] : [`https://${domain}/`])))];
  const [typed, setTyped] = useState(() => lastPage.get(workspace.id));
  const address = typed ?? domains[0] ?? '';
  const url = shop.page?.url;
  useEffect(() => {
    if (url === undefined) return;
    setTyped(url);
    lastPage.set(workspace.id, url);
  }, [url, workspace.id]);
  return (
    <>
      <div className={styles.bar}>
        <form
          className={styles.address}
          onSubmit={(event) => {
            event.preventDefault();
            const wanted = asAddress(address);
            setTyped(wanted);
            if (wanted !== '') shop.open(wanted, false);
          }}
        >
          <Autocomplete
            label={t('pageEditor.address')}
            inputMode="url"
            maxLength={2_000}
            value={address}
            onChange={setTyped}
            data={domains}
          />
          <Button type="submit" loading={shop.isOpening}>
            {t('pageEditor.open')}
          </Button>
        </form>
        <div className={styles.switches}>{children}</div>
      </div>
      {shop.problem === null ? null : <ProblemAlert error={shop.problem} />}
    </>
  );
}
