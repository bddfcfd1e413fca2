import { Group, SegmentedControl, Stack, Switch, Tabs, Text } from '@mantine/core';
import type { SandboxMessage } from '@vitrail/contracts';
import { useState } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { JsonView } from '../../ui/JsonView.tsx';
import { MessageFrame } from '../templates/MessageFrame.tsx';
import styles from './Sandbox.module.css';

type Content = SandboxMessage['content'];
type Mail = Extract<Content, { kind: 'email' }>;

/** A message as the person would have seen it, on the device they hold. */
export function SeenMessage({ message }: { message: SandboxMessage }) {
  const { content } = message;
  switch (content.kind) {
    case 'email':
      return <SeenMail mail={content} to={message.to} />;
    case 'text':
      return (
        <div className={styles.phone}>
          <div className={styles.bubble}>{content.body}</div>
          {content.mediaUrls?.map((url) => (
            <Address key={url} url={url} />
          ))}
        </div>
      );
    case 'push':
      return (
        <div className={styles.phone}>
          <div className={styles.push}>
            <Text fw={600}>{content.title}</Text>
            <Text size="sm">{content.body}</Text>
            {content.imageUrl === undefined ? null : <Address url={content.imageUrl} />}
            {content.url === undefined ? null : <Address url={content.url} />}
          </div>
        </div>
      );
    case 'whatsapp':
    case 'json':
      return <JsonView value={content.kind === 'json' ? content.body : content} label={message.title} />;
  }
}

/** Pictures of other sites are named, not loaded: the console loads nothing from elsewhere. */
const Address = ({ url }: { url: string }) => (
  <Text size="xs" c="dimmed" className={styles.address}>
    {url}
  </Text>
);

/** Looking at a mail here is not opening it: the picture that tells of opens is left out. */
const withoutPixel = (html: string): string => html.replace(/<img\b[^>]*\/m\/o\/[^>]*>/g, '');

function SeenMail({ mail, to }: { mail: Mail; to: string }) {
  const { t } = useTranslation();
  const [device, setDevice] = useState('desktop');
  const [dark, setDark] = useState(false);
  return (
    <Stack gap="md">
      <dl className={styles.head}>
        <dt>{t('sandbox.from')}</dt>
        <dd>
          {mail.from.name} &lt;{mail.from.address}&gt;
        </dd>
        <dt>{t('messages.person')}</dt>
        <dd>{to}</dd>
        <dt>{t('sandbox.subject')}</dt>
        <dd>
          <strong>{mail.subject}</strong>
        </dd>
      </dl>
      <Tabs defaultValue="seen">
        <Tabs.List>
          <Tabs.Tab value="seen">{t('sandbox.seen')}</Tabs.Tab>
          <Tabs.Tab value="text">{t('sandbox.text')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="seen" pt="md">
          <Stack gap="sm">
            <Group justify="space-between">
              <SegmentedControl
                aria-label={t('sandbox.device')}
                size="xs"
                value={device}
                onChange={setDevice}
                data={[
                  { value: 'desktop', label: t('sandbox.desktop') },
                  { value: 'phone', label: t('sandbox.phone') },
                ]}
              />
              <Switch
                label={t('sandbox.dark')}
                checked={dark}
                onChange={(event) => setDark(event.currentTarget.checked)}
              />
            </Group>
            <MessageFrame
              html={withoutPixel(mail.html)}
              label={mail.subject}
              width={device === 'phone' ? 375 : 640}
              dark={dark}
            />
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="text" pt="md">
          <pre className={styles.text}>{mail.text}</pre>
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
