import type { Found, Platform, Posting } from '../src/channels/platform.ts';
import { renderTerminal } from '../src/channels/terminal-render.ts';
import type { PostError } from '../src/errors.ts';
import { PostError as Refusal } from '../src/errors.ts';
import { publishDue, type Publish } from '../src/jobs/publish.ts';
import type { Message } from '../src/message.ts';
import type { NewsEvent } from '../src/model.ts';
import type { Database } from '../src/store/database.ts';
import { saveEvents } from '../src/store/events.ts';
import { saveSubscription } from '../src/store/subscriptions.ts';
import type { Channel, Wishes } from '../src/subscription.ts';
import type { Topic } from '../src/topics/topic.ts';
import { aSubscription } from './builders.ts';
import { emptyDatabase } from './database.ts';
import { aTopic } from './topic.ts';

/** A post that stands in a channel. */
export interface Posted extends Posting {
  readonly name: string;
  readonly address: string;
  readonly message: Message;
}

/** What goes wrong with the next post: refused, or posted without an answer. */
export type Fault = PostError | 'lost';

/** A platform that keeps what was posted, and fails as it is told. */
export function aChannel(on: Platform['name'] = 'discord') {
  const posts: Posted[] = [];
  const edits: { name: string; message: Message }[] = [];
  const faults: Fault[] = [];
  const platform: Platform = {
    name: on,
    start: () => Promise.resolve(),
    post(address, message, posting) {
      const fault = faults.shift();
      if (fault instanceof Refusal) return Promise.reject(fault);
      const name = `post ${posts.length + 1}`;
      posts.push({ ...posting, name, address, message });
      if (fault === 'lost') return Promise.reject(new Refusal('no answer', { reason: 'unknown' }));
      return Promise.resolve(name);
    },
    edit(_, name, message) {
      edits.push({ name, message });
      return Promise.resolve();
    },
    find(_, key): Promise<Found> {
      const found = posts.find((post) => post.key === key);
      return Promise.resolve(found ? { kind: 'arrived', posted: found.name } : { kind: 'absent' });
    },
    stop: () => Promise.resolve(),
  };
  return { platform, posts, edits, faults };
}

/** Says nothing. */
export const silentLog = { debug() {}, info() {}, warn() {}, error() {} };

/** Publishing at work for one channel, daily at eight in Paris, on a clock that tests set. */
export async function aNewsroom(given: {
  readonly wishes?: Wishes;
  readonly now?: string;
  readonly created?: string;
  readonly db?: Database;
  readonly topic?: Topic;
  /** Where to post; a channel on Discord unless given. */
  readonly channel?: Channel;
}) {
  const place = given.channel ?? { platform: 'discord', address: '1' };
  const channel = aChannel(place.platform);
  let now = new Date(given.now ?? '2024-10-24T05:00:00Z');
  const db = given.db ?? (await emptyDatabase());
  const subscription = aSubscription({
    channel: place,
    created: new Date(given.created ?? '2024-10-22T00:00:00Z'),
    ...(given.wishes !== undefined && { wishes: given.wishes }),
  });
  await saveSubscription(db, subscription);
  const publish: Publish = {
    db,
    topic: given.topic ?? aTopic(),
    platforms: [channel.platform],
    clock: () => now,
    log: silentLog,
  };
  return {
    ...channel,
    db,
    subscription,
    publish,
    /** Looks at what is due at a moment. */
    at: async (moment: string) => {
      now = new Date(moment);
      await publishDue(publish);
    },
    /** Stores an event as it becomes known at a moment. */
    learn: (event: NewsEvent, moment: string) => saveEvents(db, [{ ...event, changed: new Date(moment) }]),
    /** What stands in the place of a post now. */
    shown: (name: string): string => {
      const latest = channel.edits.findLast((edit) => edit.name === name)?.message;
      const message = latest ?? channel.posts.find((post) => post.name === name)?.message;
      return message === undefined ? '' : textOf(message);
    },
  };
}

/** Posts as a wide screen shows them. */
export function texts(posts: readonly Posted[]): string[] {
  return posts.map(({ message }) => textOf(message));
}

function textOf(message: Message): string {
  return renderTerminal(message, { width: 300, colour: false });
}
