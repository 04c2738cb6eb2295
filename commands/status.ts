import { z } from 'zod';
import { coverageOf } from '../digests/coverage.ts';
import { aMessage, words, type Line } from '../src/message.ts';
import { countEvents, findEvents } from '../src/store/events.ts';
import { findFeedStates } from '../src/store/feeds.ts';
import { watchedFeeds } from '../src/store/own-feeds.ts';
import { countItems } from '../src/store/items.ts';
import { countMatches } from '../src/store/matches.ts';
import { findSubscriptions } from '../src/store/subscriptions.ts';
import type { Topic } from '../src/topics/topic.ts';
import type { Command, Context } from './command.ts';

/** `/status` tells how much is stored, how fresh it is, and whether the sources can be read. */
export function status(topic: Topic) {
  const input = z.object({});

  return {
    name: 'status',
    description: 'How much is known, how fresh it is, and what fails',
    input,

    async run(_, context) {
      const { speech, zone } = context;
      const facts = await factsOf(topic, context);
      return aMessage({
        title: [words(speech.say('state.title'))],
        blocks: [
          {
            kind: 'facts',
            facts: facts.map(([name, value]) => ({ name: speech.say(`state.${name}`), value })),
          },
        ],
        footer: [[words(speech.say('zone', { zone }))]],
        language: speech.language,
        zone,
      });
    },
  } satisfies Command<typeof input>;
}

async function factsOf(topic: Topic, { db, asker, speech }: Context): Promise<[string, Line][]> {
  const states = await findFeedStates(db);
  const { read, failing } = coverageOf(await watchedFeeds(db, topic.feeds), states);
  const matches = await countMatches(db, topic.id);
  const [latest] = await findEvents(db, { topic: topic.id, by: 'seen', limit: 1 });
  const here = await findSubscriptions(db, asker.channel);
  const visits = [...states.values()].flatMap(({ lastSuccess }) => lastSuccess ?? []);
  const lastVisit = visits.toSorted((one, other) => other.getTime() - one.getTime())[0];
  const paused = here.filter((one) => one.paused !== undefined).length;
  return [
    ['events', number(await countEvents(db, { topic: topic.id }))],
    ['items', number(await countItems(db))],
    ['hits', number(matches.hit)],
    ['latest', latest === undefined ? never() : moment(latest.firstSeen)],
    ['visit', lastVisit === undefined ? never() : moment(lastVisit)],
    ['read', number(read)],
    ['failing', number(failing.length)],
    ['subscriptions', number(here.length)],
    ['paused', number(paused)],
  ];

  function number(value: number): Line {
    return [words(speech.number(value))];
  }

  function never(): Line {
    return [words(speech.say('never'))];
  }
}

function moment(at: Date): Line {
  return [{ kind: 'moment', at, show: 'both' }];
}
