import { z } from 'zod';
import { coverageOf, isFailing } from '../digests/coverage.ts';
import type { Speech } from '../digests/speech.ts';
import type { Choice } from '../src/form.ts';
import { aMessage, foreign, words, type Entry, type Line } from '../src/message.ts';
import type { FeedHealth, FeedState } from '../src/feed-state.ts';
import type { Feed, Source } from '../src/model.ts';
import { findFeedStates } from '../src/store/feeds.ts';
import { findMutedFeeds, type MutedFeed, watchedFeeds } from '../src/store/own-feeds.ts';
import type { Topic } from '../src/topics/topic.ts';
import type { Command, Group } from './command.ts';
import { pageActions, pageOf, pageOption } from './paging.ts';
import { add, feedName, mute, remove, test } from './source-changes.ts';

const PAGE_SIZE = 15;
/** How feeds fare that answer, and not as they should. */
const ODD = new Set<FeedHealth | undefined>(['empty', 'frozen', 'silent', 'held']);

/** `/sources list`, `health`, `add`, `remove`, `mute` and `test`: what is read, what cannot be, and what else shall be. */
export function sources(topic: Topic): Group {
  return {
    name: 'sources',
    description: 'The newspapers, agencies and ministries that are read',
    commands: [list(topic), health(topic), add(), remove(), mute(), test()],
  };
}

function list(topic: Topic) {
  const input = z.object({
    language: z.string().optional().describe('Only sources in this language, such as fr'),
    page: pageOption,
  });

  return {
    name: 'list',
    description: 'Which sources are read, in which languages',
    input,
    completions: {
      language: async (typed, { db, speech }) =>
        languageChoices(typed, await watchedFeeds(db, topic.feeds), speech),
    },

    async run({ language, page }, { db, speech, zone, request }) {
      const watched = await watchedFeeds(db, topic.feeds);
      const feeds = watched.filter((feed) => feed.enabled && isIn(feed, language));
      const bySource = [...Map.groupBy(feeds, ({ source }) => source.name).values()];
      const shown = pageOf(bySource, page, PAGE_SIZE);
      return aMessage({
        title: [words(speech.say('sources.title', { count: bySource.length }))],
        blocks: [{ kind: 'entries', entries: shown.things.flatMap((some) => sourceEntry(some, speech)) }],
        actions: pageActions(shown, request, speech),
        language: speech.language,
        zone,
      });
    },
  } satisfies Command<typeof input>;
}

function health(topic: Topic) {
  const input = z.object({ page: pageOption });

  return {
    name: 'health',
    description: 'Which sources could not be read lately, and why',
    input,

    async run({ page }, { db, speech, zone, request }) {
      const states = await findFeedStates(db);
      const muted = await findMutedFeeds(db);
      const feeds = await watchedFeeds(db, topic.feeds);
      const enabled = feeds.filter((feed) => feed.enabled);
      const failing = enabled.filter(({ id }) => isUnread(states.get(id)));
      const odd = enabled.filter(({ id }) => ODD.has(states.get(id)?.health));
      const entries = [
        ...failing.map((feed) => failingEntry(feed, states.get(feed.id), speech)),
        ...odd.map((feed) => oddEntry(feed, states.get(feed.id), speech)),
        ...feeds.flatMap((feed) => mutedEntry(feed, muted.get(feed.id), speech)),
      ];
      const shown = pageOf(entries, page, PAGE_SIZE);
      const { read } = coverageOf(feeds, states);
      return aMessage({
        title: [words(speech.say('health.title', { count: failing.length }))],
        blocks: [
          { kind: 'text', line: [words(speech.say('digest.read', { count: read }))] },
          { kind: 'entries', entries: shown.things },
        ],
        actions: pageActions(shown, request, speech),
        language: speech.language,
        zone,
      });
    },
  } satisfies Command<typeof input>;
}

function isIn({ language }: Feed, wanted: string | undefined): boolean {
  return wanted === undefined || language.toLowerCase() === wanted.toLowerCase();
}

function sourceEntry(feeds: readonly Feed[], speech: Speech): Entry[] {
  const [first] = feeds;
  if (first === undefined) return [];
  const languages = [...new Set(feeds.map(({ language }) => speech.languageName(language)))];
  return [
    {
      line: [foreign(first.source.name, 'strong'), words(` · ${aboutSource(first.source, speech)}`)],
      details: [
        [
          words(
            `${speech.list(languages)} · ${speech.say('sources.feeds', { count: feeds.length })}`,
            'quiet',
          ),
        ],
      ],
    },
  ];
}

function aboutSource({ kind, country }: Source, speech: Speech): string {
  const where = country === undefined ? [] : [speech.countryName(country)];
  return [speech.say(`source.${kind}`), ...where].join(', ');
}

function failingEntry(feed: Feed, state: FeedState | undefined, speech: Speech): Entry {
  const reason = state?.paused ?? state?.last?.reason ?? '';
  return {
    line: [foreign(feedName(feed), 'strong')],
    details: [
      ...(reason === '' ? [] : [[foreign(reason)]]),
      ...sinceLines(state?.failingSince ?? state?.lastSuccess, speech),
    ],
  };
}

/** Whether the last visit failed, or there are no visits any more. */
function isUnread(state: FeedState | undefined): boolean {
  return isFailing(state) || state?.health === 'failing' || state?.health === 'walled';
}

function oddEntry(feed: Feed, state: FeedState | undefined, speech: Speech): Entry {
  const since = state?.notice?.since ?? (state?.health === 'frozen' ? state.lastChange : state?.lastNewItem);
  const counts = { held: state?.last?.held ?? 0, items: state?.last?.items ?? 0 };
  return {
    line: [foreign(feedName(feed), 'strong')],
    details: [
      [words(speech.say(`health.${state?.health ?? 'empty'}`, counts))],
      ...sinceLines(since, speech),
    ],
  };
}

function mutedEntry(feed: Feed, muted: MutedFeed | undefined, speech: Speech): Entry[] {
  if (muted === undefined) return [];
  return [
    {
      line: [foreign(feedName(feed), 'strong')],
      details: [
        [words(`${speech.say('health.muted')} `), foreign(muted.by)],
        ...sinceLines(muted.at, speech),
      ],
    },
  ];
}

function sinceLines(since: Date | undefined, speech: Speech): Line[] {
  if (since === undefined) return [];
  return [[words(`${speech.say('health.since')} `), { kind: 'moment', at: since, show: 'both' }]];
}

function languageChoices(typed: string, feeds: readonly Feed[], speech: Speech): Choice[] {
  const tags = [...new Set(feeds.map(({ language }) => language))];
  const wanted = typed.trim().toLowerCase();
  return tags
    .map((value) => ({ value, label: speech.languageName(value) }))
    .filter(({ value, label }) => value.startsWith(wanted) || label.toLowerCase().includes(wanted));
}
