import { describe, expect, it } from 'vitest';
import { readReport } from './readReport.ts';

const now = new Date('2026-11-21T10:00:00Z');
const reference = '7-16-abcdefghijklm';

/** A delivery status notification as RFC 3464 has it. */
const dsn = (fields: string, { to = 'bounces@shop.example', returned = '', message = '' } = {}): Buffer =>
  Buffer.from(
    [
      'From: MAILER-DAEMON@mx.example.net',
      `To: ${to}`,
      'Subject: Undelivered Mail Returned to Sender',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'I am sorry.',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example.net',
      message,
      '',
      'Final-Recipient: rfc822; anna@example.com',
      fields,
      '',
      '--b',
      'Content-Type: message/rfc822',
      '',
      `Message-ID: <${returned}@shop.example>`,
      'Subject: Bonjour',
      '',
      'Bonjour',
      '--b--',
      '',
    ]
      .filter((line, index) => index !== 14 || line !== '')
      .join('\r\n'),
  );
const gone =
  'Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 <anna@example.com>:\r\n Recipient address rejected: User unknown';

describe('a bounce', () => {
  it.each([
    ['an unknown user', gone, 'bounced'],
    [
      'a full mailbox',
      'Action: failed\r\nStatus: 5.2.2\r\nDiagnostic-Code: smtp; 552 5.2.2 Over quota',
      'soft_bounced',
    ],
    [
      'a refusal of the sender',
      'Action: failed\r\nStatus: 5.7.1\r\nDiagnostic-Code: smtp; 550 5.7.1 blocked',
      'soft_bounced',
    ],
    [
      'a server that stayed busy for days',
      'Action: failed\r\nStatus: 4.4.7\r\nDiagnostic-Code: smtp; 421 too busy',
      'soft_bounced',
    ],
  ])('of %s', async (_name, fields, kind) => {
    expect(await readReport(dsn(fields, { returned: reference }), now)).toMatchObject({ kind });
  });

  it('tells whose it is by its recipient, its envelope or the mail that came back', async () => {
    for (const where of [
      { to: `bounces+${reference}@shop.example` },
      { message: `Original-Envelope-Id: ${reference}` },
      { returned: reference },
    ])
      expect((await readReport(dsn(gone, where), now))?.reference).toContain(reference);
  });

  it('is not what only says that a mail is late, or that somebody is on holiday', async () => {
    expect(await readReport(dsn('Action: delayed\r\nStatus: 4.4.1', { returned: reference }), now)).toBeNull();
    const vacation = `From: anna@example.com\r\nTo: bounces+${reference}@shop.example\r\nSubject: Out of office\r\nAuto-Submitted: auto-replied\r\n\r\nBack on Monday`;
    expect(await readReport(Buffer.from(vacation), now)).toBeNull();
  });
});

describe('a complaint', () => {
  const arf = (type: string): Buffer =>
    Buffer.from(
      [
        'From: fbl@mail.example',
        'To: fbl@shop.example',
        'MIME-Version: 1.0',
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b"',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'This is an abuse report.',
        '--b',
        'Content-Type: message/feedback-report',
        '',
        `Feedback-Type: ${type}`,
        'User-Agent: Mail/1.0',
        'Version: 1',
        '',
        '--b',
        'Content-Type: message/rfc822',
        '',
        `Message-ID: <${reference}@shop.example>`,
        'Subject: Bonjour',
        '',
        'Bonjour',
        '--b--',
        '',
      ].join('\r\n'),
    );
  it('is read from a feedback report', async () => {
    const news = await readReport(arf('abuse'), now);
    expect(news).toMatchObject({ kind: 'complained' });
    expect(news?.reference).toContain(reference);
  });
  it('is not what says the opposite', async () => {
    expect(await readReport(arf('not-spam'), now)).toBeNull();
  });
});
