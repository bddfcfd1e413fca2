import { type Channel, channels } from '@vitrail/contracts';

/** A stored channel; '' stands for every channel. Throws for a word nobody knows. */
export function readChannel(text: string): Channel | '' {
  if (text === '') return '';
  const channel = channels.find((each) => each === text);
  if (channel === undefined) throw new Error(`there is no channel ${text}`);
  return channel;
}
