import { SegmentedControl, Tabs } from '@mantine/core';
import type { ExperienceContent } from '@vitrail/contracts';
import { useEffect, useRef, useState } from 'react';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { type Draft, languages, type Problems } from '../form/draft.ts';
import { AddressBar } from './AddressBar.tsx';
import { ChecksCard } from './ChecksCard.tsx';
import { CodeCard } from './CodeCard.tsx';
import styles from './Editor.module.css';
import { MakePanel } from './MakePanel.tsx';
import { SeenByCard, useSeenBy, type Viewer } from './SeenByCard.tsx';
import { ShopFrame } from './ShopFrame.tsx';
import { conditionDevice, type Device, deviceNames } from './shopPage.ts';
import { useFindings } from './useFindings.ts';
import { useShopPage } from './useShopPage.ts';
import { useShownOn } from './useShownOn.ts';

interface WorkbenchProps {
  readonly draft: Draft;
  readonly running: boolean;
  readonly problems: Problems;
  readonly disabled: boolean;
  /** `about`: typing into one thing is one step on the way back. */
  readonly onChange: (draft: Draft, about: string | null) => void;
}

const tabs = ['make', 'seenBy', 'checks', 'code'] as const;

/** The shop's page at the left; at the right what is picked, changed, seen by whom, worth a second look. */
export function Workbench({ draft, running, problems, disabled, onChange }: WorkbenchProps) {
  const { t, language: spoken } = useTranslation();
  const { can } = useSession();
  const side = useRef<HTMLDivElement>(null);
  const shop = useShopPage(() => side.current?.focus());
  const [device, setDevice] = useState<Device>(() => (window.innerWidth < 768 ? 'phone' : 'desktop'));
  const [mode, setMode] = useState<'pick' | 'browse'>('pick');
  const [language, setLanguage] = useState<string>(spoken);
  const [at, setAt] = useState(0);
  const [tab, setTab] = useState<(typeof tabs)[number]>('make');
  const [viewer, setViewer] = useState<Viewer>({ as: 'alone' });

  const place = draft.variants[at] === undefined ? 0 : at;
  const { key = 'a', content = { kind: 'redirect', to: '' } as const } = draft.variants[place] ?? {};
  const put = (next: ExperienceContent, about: string | null): void =>
    onChange(
      { ...draft, variants: draft.variants.map((one, index) => (index === place ? { ...one, content: next } : one)) },
      about === null ? null : `${about} ${place}`,
    );
  const { page, picked } = shop;
  const seenBy = useSeenBy(viewer, {
    site: draft.site,
    page: page === null ? {} : { url: page.url, path: page.path, title: page.title },
    context: { device: conditionDevice[device], language, consent: { personalisation: true } },
  });
  const answer = viewer.as === 'alone' ? undefined : seenBy.data;
  useShownOn(shop, { draft, variant: key, content, answer, language, mode });
  const findings = useFindings(draft, content, shop);
  useEffect(() => {
    if (picked !== null) setTab('make');
  }, [picked]);

  return (
    <>
      <AddressBar shop={shop}>
        <LookSwitches {...{ device, setDevice, mode, setMode, language, setLanguage }} />
      </AddressBar>
      <div className={styles.room}>
        <div className={styles.shop}>
          <ShopFrame shop={shop} device={device} />
        </div>
        <div className={styles.side} ref={side} tabIndex={-1}>
          {draft.variants.length < 2 ? null : (
            <SegmentedControl
              aria-label={t('pageEditor.variant')}
              value={String(place)}
              onChange={(next) => setAt(Number(next))}
              data={draft.variants.map(({ name }, index) => ({
                value: String(index),
                label: t('experiences.variant', { name }),
              }))}
            />
          )}
          <Tabs value={tab} onChange={(next) => setTab(tabs.find((one) => one === next) ?? 'make')} keepMounted={false}>
            <Tabs.List mb="md">
              {tabs
                .filter((one) => one !== 'seenBy' || can('profiles.read'))
                .map((one) => (
                  <Tabs.Tab key={one} value={one}>
                    {t(`pageEditor.tab.${one}`, { count: findings.length })}
                  </Tabs.Tab>
                ))}
            </Tabs.List>
            <Tabs.Panel value="make">
              <MakePanel
                key={place}
                shop={shop}
                content={content}
                onChange={put}
                errorAt={(path) => {
                  const problem = problems.get(`variants.${place}.content.${path}`);
                  return problem === undefined ? undefined : t(`experiences.problem.${problem}`);
                }}
                disabled={disabled}
              />
            </Tabs.Panel>
            <Tabs.Panel value="seenBy">
              <SeenByCard
                viewer={viewer}
                onViewer={setViewer}
                answer={seenBy.data}
                problem={seenBy.error}
                own={draft.key}
                running={running}
              />
            </Tabs.Panel>
            <Tabs.Panel value="checks">
              <ChecksCard findings={findings} />
            </Tabs.Panel>
            <Tabs.Panel value="code">
              <CodeCard content={content} disabled={disabled} onChange={(next) => put(next, 'code')} />
            </Tabs.Panel>
          </Tabs>
        </div>
      </div>
    </>
  );
}

interface LookSwitchesProps {
  readonly device: Device;
  readonly setDevice: (device: Device) => void;
  readonly mode: 'pick' | 'browse';
  readonly setMode: (mode: 'pick' | 'browse') => void;
  readonly language: string;
  readonly setLanguage: (language: string) => void;
}

/** How the page is looked at: on which device, to pick or to follow links, in which language. */
function LookSwitches({ device, setDevice, mode, setMode, language, setLanguage }: LookSwitchesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <SegmentedControl
        aria-label={t('pageEditor.device')}
        value={device}
        onChange={(next) => setDevice(deviceNames.find((one) => one === next) ?? 'desktop')}
        data={deviceNames.map((one) => ({ value: one, label: t(`pageEditor.on.${one}`) }))}
      />
      <SegmentedControl
        aria-label={t('pageEditor.mode')}
        value={mode}
        onChange={(next) => setMode(next === 'browse' ? 'browse' : 'pick')}
        data={(['pick', 'browse'] as const).map((one) => ({ value: one, label: t(`pageEditor.modes.${one}`) }))}
      />
      <SegmentedControl
        aria-label={t('pageEditor.language')}
        value={language}
        onChange={setLanguage}
        data={languages.map((one) => ({ value: one, label: format.name(one, 'language') }))}
      />
    </>
  );
}
