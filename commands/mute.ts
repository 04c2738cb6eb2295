import { z } from 'zod';
import { UserError } from '../src/errors.ts';
import type { Choice } from '../src/form.ts';
import { aMessage, foreign, words, type Message } from '../src/message.ts';
import type { Feed } from '../src/model.ts';
import { findMutedFeeds, findOwnFeeds, muteFeed, unmuteFeed } from '../src/store/own-feeds.ts';
import type { Command, Context } from './command.ts';

const MOST_CHOICES = 25;

const input = z.object({
  source: z.string().describe('The source, by its name or the id of one of its feeds'),
});

/** `/sources mute` visits the feeds of a source no more; what they brought stays. */
export const mute = {
  name: 'mute',
  description: 'Reads a source no more; what it brought stays',
  input,
  managers: true,
  completions: { source: completeSource },

  async run({ source }, context) {
    const { db, asker, clock } = context;
    const feeds = await feedsAsked(source, context);
    const by = `${asker.channel.platform} ${asker.id}`;
    for (const { id } of feeds) await muteFeed(db, { feed: id, by, at: clock() });
    return told('sources.muted', feeds, context);
  },
} satisfies Command<typeof input>;

/** `/sources unmute` visits them again. */
export const unmute = {
  name: 'unmute',
  description: 'Reads a source again',
  input,
  managers: true,
  completions: { source: completeMuted },

  async run({ source }, context) {
    const feeds = await feedsAsked(source, context);
    for (const { id } of feeds) await unmuteFeed(context.db, id);
    return told('sources.unmuted', feeds, context);
  },
} satisfies Command<typeof input>;

/** All feeds of a source, or the one that was named by its id. */
async function feedsAsked(text: string, context: Context): Promise<Feed[]> {
  const wanted = text.trim().toLowerCase();
  const feeds = await allFeeds(context);
  const named = feeds.filter(({ id }) => id === wanted);
  const found = named.length > 0 ? named : feeds.filter(({ source }) => source.name.toLowerCase() === wanted);
  if (found.length === 0) throw new UserError(context.speech.say('error.source', { value: text }));
  return found;
}

async function allFeeds({ db, topic }: Context): Promise<Feed[]> {
  const own = await findOwnFeeds(db);
  return [...topic.feeds.filter(({ enabled }) => enabled), ...[...own.values()].map(({ feed }) => feed)];
}

async function completeSource(typed: string, context: Context): Promise<Choice[]> {
  return choicesOf(await allFeeds(context), typed);
}

async function completeMuted(typed: string, context: Context): Promise<Choice[]> {
  const muted = await findMutedFeeds(context.db);
  const feeds = await allFeeds(context);
  return choicesOf(
    feeds.filter(({ id }) => muted.has(id)),
    typed,
  );
}

function choicesOf(feeds: readonly Feed[], typed: string): Choice[] {
  const wanted = typed.trim().toLowerCase();
  const names = [...new Set(feeds.map(({ source }) => source.name))];
  const found = names.filter((name) => name.toLowerCase().includes(wanted));
  return found
    .slice(0, MOST_CHOICES)
    .map((name) => ({ value: name.slice(0, 100), label: name.slice(0, 100) }));
}

function told(phrase: string, feeds: readonly Feed[], { speech, zone }: Context): Message {
  return aMessage({
    title: [words(`${speech.say(phrase, { count: feeds.length })} · `), foreign(feeds[0]?.source.name ?? '')],
    language: speech.language,
    zone,
  });
}
