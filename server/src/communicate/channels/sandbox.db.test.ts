import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { describe, expect, it } from 'vitest';
import { mail, useChannels } from '../../../test/channels/useChannels.ts';

const { closers, current, own, openDispatcher, openShop } = useChannels();

describe('a workspace without providers', () => {
  it('sends into the sandbox, which shows each message as the person would have seen it', async () => {
    current.dispatcher = openDispatcher();
    const { workspace, call } = await openShop();
    const message = mail(workspace);
    const results = await own().dispatch([message, message]);
    expect(results).toMatchObject([
      { id: message.id, provider: 'sandbox', outcome: { kind: 'accepted' } },
      { id: message.id, provider: 'sandbox', outcome: { kind: 'accepted' } },
    ]);
    const { json } = await call('GET', '/api/v1/sandbox-messages');
    expect(json).toMatchObject({
      items: [{ id: String(message.id), to: 'anna@example.com', title: 'Bonjour' }],
      next: null,
    });
    const one = await call('GET', `/api/v1/sandbox-messages/${message.id}`);
    expect(one.json).toMatchObject({ content: { kind: 'email', html: '<p>Bonjour</p>' } });
    const other = await openShop();
    expect((await other.call('GET', `/api/v1/sandbox-messages/${message.id}`)).status).toBe(404);
  });

  it('sends e-mail by the mail server of the installation when there is one', async () => {
    const subjects: string[] = [];
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, _session, done) {
        let raw = '';
        stream.on('data', (chunk: Buffer) => {
          raw += chunk.toString('latin1');
        });
        stream.on('end', () => {
          subjects.push(/^Subject: (.*)$/m.exec(raw)?.[1]?.trim() ?? '');
          done();
        });
      },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => server.close(() => resolve(null))));
    const { port } = server.server.address() as AddressInfo;
    current.dispatcher = openDispatcher(`smtp://127.0.0.1:${port}?connections=3`);
    const { workspace } = await openShop();
    const results = await own().dispatch(Array.from({ length: 50 }, () => mail(workspace)));
    expect(results.every(({ provider, outcome }) => provider === 'smtp' && outcome.kind === 'accepted')).toBe(true);
    expect(subjects).toEqual(Array.from({ length: 50 }, () => 'Bonjour'));
    expect(await own().takenBy(workspace, 'email')).toBe('server');
    expect(await own().takenBy(workspace, 'sms')).toBe('sandbox');
    expect(await own().takenBy(workspace, 'inbox')).toBe('store');
  });
});
