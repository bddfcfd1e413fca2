import type { Json } from '../../platform/index.ts';
import type { MessageContent } from '../channels/provider.ts';
import type { Compiled } from './engine/compiled.ts';
import { oneLine } from './engine/escape.ts';
import { type Finishing, finishPage, finishText, finishUrl, rememberTracked, shortenText } from './engine/finish.ts';
import { replaceTexts } from './engine/jsonTexts.ts';

/** Links and addresses that belong to one message. */
export interface MessageLinks {
  readonly unsubscribe: string;
  readonly preferences: string;
  /** An address that can be followed → one that tells us who followed it. */
  track(url: string, index: number): string;
  /** The same for texts, in which every character counts. */
  shorten(url: string, place: number): string;
  /** Where the picture is that tells a mail was opened; null without the consent for it. */
  readonly openPixel: string | null;
}

interface Assembly {
  readonly compiled: Compiled;
  readonly texts: readonly string[];
  readonly links: MessageLinks;
  readonly toName: string | null;
  readonly countdown: Finishing['countdown'];
}

/** Who a mail is from: what the template says, else the brand kit. Null when nobody said. */
export function senderOf({ content, kit }: Pick<Compiled, 'content' | 'kit'>): {
  name: string;
  address: string;
  replyTo: string;
} | null {
  const own = content.kind === 'email' ? content.sender : undefined;
  const address = own?.address ?? kit.senderAddress;
  if (address === '') return null;
  const name = own?.name ?? kit.senderName;
  return { name: oneLine(name), address, replyTo: own?.replyTo ?? kit.replyTo };
}

/** For a shop that has not said who its mail is from: nothing of it can be delivered, the sandbox can show it. */
const noSender = { address: 'sender@example.invalid', replyTo: '' };

/** Filled-in texts → what a channel takes. */
export function assemble(assembly: Assembly): MessageContent {
  const { compiled, texts, links } = assembly;
  const byName = new Map(compiled.fields.map(({ name }, index) => [name, texts[index] ?? '']));
  const finishing: Finishing = {
    track: rememberTracked((url, index) => links.track(url, index)),
    countdown: assembly.countdown,
    own: new Set([links.unsubscribe, links.preferences]),
  };
  const text = (name: string): string => finishText(byName.get(name) ?? '', finishing);
  const shorten = shortenEach(links);
  const short = (name: string): string => shortenText(text(name), finishing.own, shorten);
  const { content } = compiled;
  switch (content.kind) {
    case 'email': {
      const from = senderOf(compiled) ?? { ...noSender, name: oneLine(compiled.kit.senderName) };
      const page = finishPage(byName.get('html') ?? '', finishing);
      return {
        kind: 'email',
        from: { name: from.name, address: from.address },
        ...(from.replyTo === '' ? {} : { replyTo: from.replyTo }),
        ...(assembly.toName === null ? {} : { toName: oneLine(assembly.toName) }),
        subject: oneLine(text('subject')),
        html: links.openPixel === null ? page : addPixel(page, links.openPixel),
        text: text('text'),
        unsubscribe: { url: links.unsubscribe },
        language: compiled.language,
      };
    }
    case 'text': {
      const media = compiled.fields.flatMap(({ name }) => (name.startsWith('mediaUrls/') ? [text(name)] : []));
      const mediaUrls = media.filter((url) => /^https?:\/\//i.test(url));
      return { kind: 'text', body: short('body'), ...(mediaUrls.length > 0 ? { mediaUrls } : {}) };
    }
    case 'push': {
      const url = text('url');
      const imageUrl = text('imageUrl');
      const data = compiled.fields.flatMap(({ name }) =>
        name.startsWith('data/') ? [[name.slice('data/'.length), text(name)] as const] : [],
      );
      return {
        kind: 'push',
        title: oneLine(text('title')),
        body: short('body'),
        ...(url === '' ? {} : { url: finishUrl(url, 0, { ...finishing, track: shorten }) }),
        ...(/^https?:\/\//i.test(imageUrl) ? { imageUrl } : {}),
        ...(data.length > 0 ? { data: Object.fromEntries(data) } : {}),
      };
    }
    case 'whatsapp': {
      const template = content.languages[compiled.language]?.template ?? '';
      const parameters = compiled.fields.map(({ name }) => oneLine(short(name)));
      return { kind: 'whatsapp', template, language: compiled.language, parameters };
    }
    case 'json': {
      const body: Json = content.languages[compiled.language]?.body ?? null;
      return { kind: 'json', body: replaceTexts(body, compiled.fields.map(({ name }) => text(name)).values()) };
    }
  }
}

/** The same address is the same link, wherever it stands in the message. */
function shortenEach({ shorten }: MessageLinks): (url: string) => string {
  const known = new Map<string, string>();
  return (url) => {
    const link = known.get(url) ?? shorten(url, known.size);
    known.set(url, link);
    return link;
  };
}

function addPixel(html: string, url: string): string {
  const pixel = `<img src="${url}" width="1" height="1" alt="" style="display:block;border:0" />`;
  const end = html.lastIndexOf('</body>');
  return end < 0 ? html + pixel : html.slice(0, end) + pixel + html.slice(end);
}
