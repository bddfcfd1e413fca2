import { Readable, Transform } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. */
  readonly secure: boolean;
  /** STARTTLS: insisted on, used when offered, or never. */
  readonly startTls: 'required' | 'optional' | 'off';
  readonly credentials: { readonly user: string; readonly password: string } | null;
  /** Name in EHLO. */
  readonly name: string | null;
  /** No answer for so long is none. */
  readonly timeoutMs: number;
}

export interface SmtpEnvelope {
  readonly from: string;
  readonly to: string;
  /** RFC 3461: comes back in bounces of servers that know it. */
  readonly envelopeId: string;
}

/** How far a mail came. Only `lost` leaves open whether the server has it. */
export type SmtpEnd =
  | { readonly kind: 'accepted'; readonly answer: string }
  | { readonly kind: 'refused'; readonly phase: string; readonly code: number; readonly answer: string }
  | { readonly kind: 'not_sent'; readonly credentials: boolean; readonly detail: string }
  | { readonly kind: 'lost'; readonly detail: string };

export interface SmtpConnections {
  /** Never throws. At most so many at once as connections are allowed: the caller sees to it. */
  send(envelope: SmtpEnvelope, mail: Buffer): Promise<SmtpEnd>;
  close(): void;
}

const [dotLine, stuffedLine] = [Buffer.from('\r\n.'), Buffer.from('\r\n..')];
const end = Buffer.from('.\r\n');

/** RFC 5321 §4.5.2: a line that begins with a dot gets another one; a dot alone ends the mail. */
function stuffDots(mail: Buffer): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = mail.indexOf(dotLine); at >= 0; at = mail.indexOf(dotLine, from)) {
    parts.push(mail.subarray(from, at), stuffedLine);
    from = at + dotLine.length;
  }
  parts.push(mail.subarray(from), end);
  return Buffer.concat(parts);
}

/**
 * A mail that goes to the socket as it is. nodemailer looks at every byte for dots and lone line ends, 0.2 ms for 30 kB;
 * ours ends every line in CRLF already, so looking for the dots is enough, and that is done by machine code.
 */
class WholeMail extends Readable {
  readonly #mail: Buffer;
  readonly #onAsked: () => void;
  constructor(mail: Buffer, onAsked: () => void) {
    super();
    this.#mail = mail;
    this.#onAsked = onAsked;
  }
  override pipe<T extends NodeJS.WritableStream>(destination: T): T {
    this.#onAsked();
    if (!(destination instanceof Transform)) return super.pipe(destination);
    destination.push(stuffDots(this.#mail));
    destination.push(null);
    return destination;
  }
  override _read(): void {
    this.#onAsked();
    this.push(this.#mail);
    this.push(null);
  }
}

interface SmtpError {
  readonly message: string;
  readonly code?: string | undefined;
  readonly command?: string | undefined;
  readonly response?: string | undefined;
  readonly responseCode?: number | undefined;
}

/** Servers drop silent connections after 5 minutes (RFC 5321 §4.5.3.2.7), many much sooner. */
const idleMs = 30_000;

/**
 * Connections to one server, kept open between mails. nodemailer's own pool queues a mail again when its connection
 * closes, even after the server may have taken it; here a mail is handed over once, and the caller hears how far it came.
 */
export function createSmtpConnections(server: SmtpServer): SmtpConnections {
  const idle: { connection: SMTPConnection; since: number }[] = [];
  const open = new Set<SMTPConnection>();
  let closed = false;

  const drop = (connection: SMTPConnection): void => {
    open.delete(connection);
    const place = idle.findIndex((entry) => entry.connection === connection);
    if (place >= 0) idle.splice(place, 1);
    connection.close();
  };
  const sweep = setInterval(() => {
    for (const { connection, since } of [...idle]) if (performance.now() - since > idleMs) drop(connection);
  }, idleMs / 3);
  sweep.unref();

  async function connect(): Promise<SMTPConnection> {
    const connection = new SMTPConnection({
      host: server.host,
      port: server.port,
      secure: server.secure,
      requireTLS: server.startTls === 'required',
      ignoreTLS: server.startTls === 'off',
      opportunisticTLS: server.startTls === 'optional',
      ...(server.name === null ? {} : { name: server.name }),
      connectionTimeout: Math.min(server.timeoutMs, 20_000),
      greetingTimeout: Math.min(server.timeoutMs, 30_000),
      socketTimeout: server.timeoutMs,
      socketCloseTimeout: 0,
      // A test server of one's own rarely has a certificate; TLS that is only optional proves nothing anyway.
      tls: { rejectUnauthorized: server.secure || server.startTls === 'required', minVersion: 'TLSv1.2' },
    });
    open.add(connection);
    connection.on('end', () => drop(connection));
    try {
      await new Promise<void>((resolve, reject) => {
        connection.on('error', reject);
        connection.connect((error) => (error ? reject(error) : resolve()));
      });
      const { credentials } = server;
      if (credentials !== null)
        await new Promise<void>((resolve, reject) => {
          connection.on('error', reject);
          const account = { user: credentials.user, pass: credentials.password };
          connection.login(account, (error) => (error ? reject(error) : resolve()));
        });
      return connection;
    } catch (error) {
      drop(connection);
      throw error;
    }
  }

  function hand(connection: SMTPConnection, envelope: SmtpEnvelope, mail: Buffer): Promise<SmtpEnd> {
    // Asked for only once the server has said 354: from then on it may have the mail.
    let begun = false;
    const body = new WholeMail(mail, () => {
      begun = true;
    });
    const { from, to, envelopeId } = envelope;
    const dsn = { ret: 'HDRS', envid: envelopeId, notify: ['FAILURE'] };
    return new Promise((resolve) => {
      const fail = (error: SmtpError): void => resolve(describe(error, begun));
      connection.once('error', fail);
      connection.send({ from, to: [to], size: mail.length, dsn }, body, (error, info) => {
        connection.off('error', fail);
        if (error) fail(error);
        else resolve({ kind: 'accepted', answer: String(info?.response ?? '') });
      });
    });
  }

  /** Back to the idle ones, if it can still be used. */
  async function giveBack(connection: SMTPConnection, end: SmtpEnd): Promise<void> {
    if (closed || !open.has(connection) || end.kind === 'lost' || end.kind === 'not_sent') return drop(connection);
    if (end.kind === 'refused') {
      // The transaction is still open on the other side.
      const sound = await new Promise<boolean>((resolve) => {
        const fail = (): void => resolve(false);
        connection.once('error', fail);
        connection.reset((error) => {
          connection.off('error', fail);
          resolve(!error);
        });
      });
      if (!sound || closed) return drop(connection);
    }
    idle.push({ connection, since: performance.now() });
  }

  return {
    async send(envelope, mail) {
      const kept = idle.pop()?.connection;
      if (kept !== undefined) {
        const end = await hand(kept, envelope, mail);
        await giveBack(kept, end);
        // The server had closed it meanwhile: nothing was said yet, so a new connection starts over.
        if (end.kind !== 'not_sent') return end;
      }
      try {
        const connection = await connect();
        const end = await hand(connection, envelope, mail);
        await giveBack(connection, end);
        return end;
      } catch (error) {
        return describe(asError(error), false);
      }
    },
    close() {
      closed = true;
      clearInterval(sweep);
      for (const { connection } of idle.splice(0)) {
        open.delete(connection);
        connection.quit();
      }
    },
  };
}

const asError = (error: unknown): SmtpError => (error instanceof Error ? error : { message: String(error) });

function describe(error: SmtpError, begun: boolean): SmtpEnd {
  const { code, command = 'CONN', response = '', responseCode, message } = error;
  const detail = `${code ?? 'ECONNECTION'}: ${message}`;
  const answered = responseCode !== undefined && Boolean(responseCode);
  // Only the reply to the mail itself says what became of it.
  if (begun && !(answered && command === 'DATA')) return { kind: 'lost', detail };
  if (code === 'EAUTH' || command.startsWith('AUTH'))
    return { kind: 'not_sent', credentials: responseCode === undefined || responseCode >= 500, detail };
  if (answered && (command === 'MAIL FROM' || command === 'RCPT TO' || command === 'DATA'))
    return { kind: 'refused', phase: command, code: responseCode, answer: response };
  // Too large for the server, or an address it cannot be asked about: the server was not even asked.
  if (code === 'EMESSAGE' || (code === 'EENVELOPE' && command === 'API'))
    return { kind: 'refused', phase: command, code: 554, answer: message };
  return { kind: 'not_sent', credentials: false, detail };
}
