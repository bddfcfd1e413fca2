import { uuid } from '../export/identifiers.ts';
import type { Site } from '../market.ts';
import { exponential } from '../random/distributions.ts';
import type { Random } from '../random/random.ts';
import type { Arrival } from './arrivals.ts';
import { consentJson, type Device } from './device.ts';
import { IsoClock } from './isoClock.ts';

export interface SessionInput {
  readonly at: number;
  readonly site: Site;
  readonly anonymousId: string;
  readonly userId: string | null;
  readonly device: Device;
  readonly arrival: Arrival;
  readonly random: Random;
}

const deviceClock = new IsoClock();
const sendClock = new IsoClock();
const serverClock = new IsoClock();
const trueClock = new IsoClock();

/**
 * Writes the calls of one visit as a collector archives what the browser client sent: `originalTimestamp` and `sentAt`
 * by the device's clock, `receivedAt` by the collector's, `timestamp` corrected from the three.
 */
export class Session {
  at: number;
  readonly lines: string[] = [];
  readonly random: Random;
  readonly site: Site;
  private readonly anonymousId: string;
  private readonly device: Device;
  private readonly tail: string;
  private who: string;
  private page = '';
  private referrer: string;
  private search: string;
  private campaign: string;

  constructor({ at, site, anonymousId, userId, device, arrival, random }: SessionInput) {
    this.at = at;
    this.site = site;
    this.anonymousId = anonymousId;
    this.device = device;
    this.random = random;
    this.referrer = arrival.referrer;
    this.search = arrival.search;
    this.campaign = arrival.campaign === '' ? '' : `"campaign":${arrival.campaign},`;
    this.who = whoJson(anonymousId, userId);
    const { country, language, timeZone } = site;
    this.tail = `"userAgent":"${device.userAgent}","locale":"${language}-${country}","timezone":"${timeZone}","ip":"${device.ip}","consent":${consentJson(device.consent)},"library":{"name":"analytics.js","version":"npm:next-1.84.3"}},"integrations":{}}\n`;
  }

  /** Opens a page. `path` begins with a slash and needs no escaping; `title` is JSON. */
  openPage(name: string, path: string, title: string, search = ''): void {
    const query = this.search === '' ? search : this.search;
    const url = `https://${this.site.domain}${path}`;
    this.page = `{"path":"${path}","referrer":"${this.referrer}","search":"${query}","title":${title},"url":"${url}${query}"}`;
    this.write('page', `"name":"${name}","properties":${this.page}`);
    this.referrer = url;
    this.search = '';
    this.campaign = '';
    this.wait(2, 7);
  }

  track(event: string, properties: string): void {
    this.write('track', `"event":"${event}","properties":{${properties}}`);
    this.wait(1, 9);
  }

  /** From here on the person is known by `userId`, if one is given. */
  identify(userId: string | null, traits: string): void {
    if (userId !== null) this.who = whoJson(this.anonymousId, userId);
    this.write('identify', `"traits":{${traits}}`);
    this.wait(0.2, 1);
  }

  private wait(least: number, mean: number): void {
    this.at += Math.round((least + exponential(this.random) * mean) * 1000);
  }

  private write(type: string, body: string): void {
    const { random, device } = this;
    const offline = random.chance(0.008) ? Math.round(exponential(random) * 1_200_000) : 0;
    const sending = this.at + offline + 60 + Math.floor(random.next() * 900);
    const receiving = sending + 20 + Math.floor(random.next() * 180);
    const said = deviceClock.write(this.at + device.skew);
    const sentAt = sendClock.write(sending + device.skew);
    const receivedAt = serverClock.write(receiving);
    // Segment's rule: the time of receipt less how long the device says the call waited.
    const timestamp = trueClock.write(receiving - (sending - this.at));
    const times = `"timestamp":"${timestamp}","originalTimestamp":"${said}","sentAt":"${sentAt}","receivedAt":"${receivedAt}"`;
    const line = `{"type":"${type}",${body},"messageId":"ajs-next-${this.at + device.skew}-${uuid(random)}",${this.who},${times},"context":{"page":${this.page},${this.campaign}${this.tail}`;
    this.lines.push(line);
    // A lost answer makes the client send the same call again.
    if (random.chance(0.002)) this.lines.push(line);
  }
}

function whoJson(anonymousId: string, userId: string | null): string {
  return `"anonymousId":"${anonymousId}","userId":${userId === null ? 'null' : `"${userId}"`}`;
}
