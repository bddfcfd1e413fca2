/** An IMAP server for tests, by other hands than the client's user (npm `hoodiecrow-imap`). */
declare module 'hoodiecrow-imap' {
  interface StoredMail {
    readonly uid: number;
    readonly flags: string[];
    readonly raw: string;
  }
  interface ImapServer {
    listen(port: number, host: string, done: () => void): void;
    close(done: () => void): void;
    users: Record<string, { password: string }>;
    readonly server: import('node:net').Server;
    getMailbox(name: string): { readonly messages: StoredMail[] };
    appendMessage(mailbox: string, flags: readonly string[], date: false | string, raw: string): void;
  }
  export default function hoodiecrow(options: {
    readonly plugins?: readonly string[];
    readonly storage?: { readonly INBOX: { readonly messages: readonly { readonly raw: string }[] } };
    readonly secureConnection?: boolean;
  }): ImapServer;
}
