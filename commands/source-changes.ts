import { z } from 'zod';
import { UserError } from '../src/errors.ts';
import type { Choice } from '../src/form.ts';
import { aMessage, foreign, words, type Block, type Entry, type Line, type Message } from '../src/message.ts';
import type { Feed, Item } from '../src/model.ts';
import { freeId, type SourceWish, type Tried } from '../src/source-tools.ts';
import { findFeedState, saveFeedState } from '../src/store/feeds.ts';
import {
  type Deed,
  findMutedFeeds,
  findOwnFeeds,
  muteFeed,
  removeOwnFeed,
  saveOwnFeed,
  unmuteFeed,
  watchedFeeds,
} from '../src/store/own-feeds.ts';
import type { Command, Context } from './command.ts';

const source = z.string().describe('Its name, or the id of one of its feeds');

/** `/sources add`: reads a source from now on that the topic does not list. */
export function add() {
  const input = z.object({
    address: z.string().describe('Address of the feed, or of a page that names it'),
    name: z.string().max(80).optional().describe('What to call it; unless said, what it calls itself'),
    language: z
      .string()
      .regex(/^[a-z]{2}$/i)
      .optional()
      .describe('Language of its articles, such as fr'),
  });
  return {
    name: 'add',
    description: 'Reads another source from now on',
    input,
    managers: true,
    async run({ address, ...wish }, context) {
      const { db, speech } = context;
      const tried = await tryAddress(address, wish, context);
      const feeds = await watchedFeeds(db, context.topic.feeds);
      const known = feeds.find(({ url }) => samePlace(url, tried.feed.url));
      if (known !== undefined) throw new UserError(speech.say('error.sourceKnown', { id: known.id }));
      const feed = { ...tried.feed, id: freeId(tried.feed.id, new Set(feeds.map(({ id }) => id))) };
      await saveOwnFeed(db, { feed, ...deedOf(context) });
      return told(speech.say('sources.added'), feed, findings(tried, context), context);
    },
  } satisfies Command<typeof input>;
}

/** `/sources remove`: takes back what was added. */
export function remove() {
  const input = z.object({ source });
  return {
    name: 'remove',
    description: 'Reads a source no more that was added here',
    input,
    managers: true,
    completions: { source: completeSource },
    async run(options, context) {
      const { db, speech } = context;
      const found = await feedsNamed(options.source, context);
      const own = await findOwnFeeds(db);
      const mine = found.filter(({ id }) => own.has(id));
      const [first] = mine;
      if (first === undefined) {
        throw new UserError(speech.say('error.sourceShipped', { name: options.source.trim() }));
      }
      for (const { id } of mine) await removeOwnFeed(db, id);
      return told(speech.say('sources.removed'), first, [], context);
    },
  } satisfies Command<typeof input>;
}

/** `/sources mute`: switches a source off, or on again. */
export function mute() {
  const input = z.object({
    source,
    undo: z.boolean().optional().describe('Reads it again, also when it was given up after failures'),
  });
  return {
    name: 'mute',
    description: 'Visits a source no more, until undone',
    input,
    managers: true,
    completions: { source: completeSource },
    async run(options, context) {
      const { db, speech } = context;
      const found = await feedsNamed(options.source, context);
      for (const { id } of found) {
        if (options.undo === true) await revive(id, context);
        else await muteFeed(db, { feed: id, ...deedOf(context) });
      }
      const done = options.undo === true ? speech.say('sources.unmuted') : speech.say('sources.muted');
      return told(done, found[0], [], context);
    },
  } satisfies Command<typeof input>;
}

/** `/sources test`: what would come of an address, or comes of a source. */
export function test() {
  const input = z.object({ source: z.string().describe('An address, or the name or id of a source') });
  return {
    name: 'test',
    description: 'Visits a source now and shows what it brings; nothing is stored',
    input,
    managers: true,
    completions: { source: completeSource },
    async run(options, context) {
      const { db, topic, speech } = context;
      const wanted = options.source.trim();
      const [known] = namedIn(await watchedFeeds(db, topic.feeds), wanted);
      const tried = await tryAddress(known?.url ?? wanted, {}, context);
      return told(
        speech.say('sources.items', { count: tried.items }),
        known ?? tried.feed,
        findings(tried, context),
        context,
      );
    },
  } satisfies Command<typeof input>;
}

/** A feed as people call it. */
export function feedName({ source: { name }, section }: Feed): string {
  return section === undefined ? name : `${name}, ${section}`;
}

async function tryAddress(
  address: string,
  wish: SourceWish,
  { web, speech }: Context,
): Promise<Tried & { kind: 'feed' }> {
  if (web === undefined) throw new UserError(speech.say('error.sourceWeb'));
  const tried = await web.tryAddress(address.trim(), wish);
  if (tried.kind === 'feed') return tried;
  throw new UserError(
    speech.say('error.sourceFeed', { address: shownAddress(address.trim()), reason: tried.reason }),
  );
}

function deedOf({ asker, clock }: Context): Deed {
  return { by: `${asker.channel.platform} ${asker.id}`, at: clock() };
}

async function revive(feed: string, { db, web, clock }: Context): Promise<void> {
  await unmuteFeed(db, feed);
  const state = await findFeedState(db, feed);
  if (state?.paused !== undefined && web !== undefined) await saveFeedState(db, web.resumed(state, clock()));
}

/** @throws {UserError} when no source is called so */
async function feedsNamed(name: string, { db, topic, speech }: Context): Promise<[Feed, ...Feed[]]> {
  const [first, ...others] = namedIn(await watchedFeeds(db, topic.feeds), name.trim());
  if (first === undefined) throw new UserError(speech.say('error.source', { name: name.trim() }));
  return [first, ...others];
}

function namedIn(feeds: readonly Feed[], name: string): Feed[] {
  const wanted = name.toLowerCase();
  const byId = feeds.filter(({ id }) => id.toLowerCase() === wanted);
  return byId.length > 0 ? byId : feeds.filter((feed) => feed.source.name.toLowerCase() === wanted);
}

async function completeSource(typed: string, { db, topic }: Context): Promise<Choice[]> {
  const wanted = typed.trim().toLowerCase();
  const muted = await findMutedFeeds(db);
  const feeds = await watchedFeeds(db, topic.feeds);
  return feeds
    .filter(({ enabled, id }) => enabled || muted.has(id))
    .filter((feed) => feed.id.startsWith(wanted) || feedName(feed).toLowerCase().includes(wanted))
    .map((feed) => ({ value: feed.id, label: `${feedName(feed)} (${feed.id})`.slice(0, 100) }));
}

function samePlace(one: string, other: string): boolean {
  return placeOf(one) === placeOf(other);
}

/** An address without the ways in which people write one address differently. */
function placeOf(address: string): string {
  return address.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/\/$/, '');
}

/** An address without the password that it may hold. */
function shownAddress(address: string): string {
  return address.replace(/^([a-z]+:\/\/)[^/@]*@/i, '$1');
}

function told(
  title: string,
  feed: Feed,
  blocks: readonly Block[],
  { speech, zone }: Pick<Context, 'speech' | 'zone'>,
): Message {
  const language = feed.language === 'und' ? [] : [words(` · ${speech.languageName(feed.language)}`)];
  const line = [
    foreign(feedName(feed), 'strong'),
    ...language,
    words(' · '),
    { kind: 'id', text: feed.id } as const,
  ];
  return aMessage({
    title: [words(title)],
    blocks: [{ kind: 'text', line }, ...blocks],
    language: speech.language,
    zone,
  });
}

/** What a visit found: how well the feed can be read, and its newest items. */
function findings(tried: Tried & { kind: 'feed' }, { speech }: Context): Block[] {
  const { feed, items, withIds, withDates, hasValidators, samples } = tried;
  const facts: [string, Line][] = [
    [speech.say('sources.address'), [foreign(shownAddress(feed.url))]],
    [speech.say('sources.withIds'), [words(speech.say('sources.of', { part: withIds, all: items }))]],
    [speech.say('sources.withDates'), [words(speech.say('sources.of', { part: withDates, all: items }))]],
    [
      speech.say('sources.changes'),
      [words(hasValidators ? speech.say('sources.asked') : speech.say('sources.unasked'))],
    ],
  ];
  return [
    { kind: 'facts', facts: facts.map(([name, value]) => ({ name, value })) },
    { kind: 'entries', entries: samples.map((sample) => sampleEntry(sample, speech.say('sources.undated'))) },
  ];
}

function sampleEntry({ id, title, url, published }: Item, undated: string): Entry {
  const date =
    published === undefined ? words(undated) : ({ kind: 'moment', at: published, show: 'both' } as const);
  return {
    line: [foreign(title)],
    details: [
      [date, words(' · '), { kind: 'id', text: id }],
      ...(url === undefined ? [] : [[foreign(url, 'quiet')]]),
    ],
  };
}
