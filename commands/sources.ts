import { z } from 'zod';
import { coverageOf, isFailing } from '../digests/coverage.ts';
import type { Speech } from '../digests/speech.ts';
import type { Choice } from '../src/form.ts';
import { aMessage, foreign, words, type Entry, type Line } from '../src/message.ts';
import type { Feed, FeedState, Source } from '../src/model.ts';
import { findFeedStates } from '../src/store/feeds.ts';
import type { Topic } from '../src/topics/topic.ts';
import type { Command, Group } from './command.ts';
import { pageActions, pageOf, pageOption } from './paging.ts';

const PAGE_SIZE = 15;

/** `/sources list` and `/sources health`: what is read, and what cannot be read. */
export function sources(topic: Topic): Group {
  return {
    name: 'sources',
    description: 'The newspapers, agencies and ministries that are read',
    commands: [list(topic), health(topic)],
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
    completions: { language: async (typed, { speech }) => languageChoices(typed, topic, speech) },

    async run({ language, page }, { speech, zone, request }) {
      const feeds = topic.feeds.filter((feed) => feed.enabled && isIn(feed, language));
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
      const failing = topic.feeds.filter(({ id, enabled }) => enabled && isFailing(states.get(id)));
      const shown = pageOf(failing, page, PAGE_SIZE);
      const { read } = coverageOf(topic.feeds, states);
      return aMessage({
        title: [words(speech.say('health.title', { count: failing.length }))],
        blocks: [
          { kind: 'text', line: [words(speech.say('digest.read', { count: read }))] },
          {
            kind: 'entries',
            entries: shown.things.map((feed) => failingEntry(feed, states.get(feed.id), speech)),
          },
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

function failingEntry({ source, section }: Feed, state: FeedState | undefined, speech: Speech): Entry {
  const reason = state?.paused ?? state?.last?.reason ?? '';
  const since = state?.failingSince ?? state?.lastSuccess;
  const details: Line[] = [
    ...(reason === '' ? [] : [[foreign(reason)]]),
    ...(since === undefined
      ? []
      : [[words(`${speech.say('health.since')} `), { kind: 'moment', at: since, show: 'both' } as const]]),
  ];
  return {
    line: [foreign(section === undefined ? source.name : `${source.name}, ${section}`, 'strong')],
    details,
  };
}

function languageChoices(typed: string, topic: Topic, speech: Speech): Choice[] {
  const tags = [...new Set(topic.feeds.map(({ language }) => language))];
  const wanted = typed.trim().toLowerCase();
  return tags
    .map((value) => ({ value, label: speech.languageName(value) }))
    .filter(({ value, label }) => value.startsWith(wanted) || label.toLowerCase().includes(wanted));
}
