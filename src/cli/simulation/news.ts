import type { EventId, NewsEvent } from '../../model.ts';
import { dayAt, onDay } from '../../time.ts';
import type { Topic } from '../../topics/topic.ts';

/** The name of the event of that number, counted from 1. */
export function eventName(number: number): EventId {
  return `news-${number}` as EventId;
}

/** Something of weight that has just become known. */
export function anEvent(topic: Topic, number: number, at: Date): NewsEvent {
  const day = dayAt(at, 'UTC');
  const kind = topic.kinds[0] ?? 'other';
  return {
    id: eventName(number),
    topic: topic.id,
    kind,
    direction: 'none',
    when: onDay(day),
    status: 'corroborated',
    titles: {},
    claims: [
      {
        id: `claim-${number}`,
        kind,
        direction: 'none',
        when: onDay(day),
        claimants: [{ id: 'un', name: 'United Nations' }],
        stance: 'asserts',
        role: 'news',
        quantities: [],
        places: [],
        weapons: [],
        actors: [],
        sentence: 'Something happened.',
        offset: 0,
        language: 'en',
      },
    ],
    citations: [
      {
        outlet: 'The Daily Lighthouse',
        family: 'lighthouse',
        language: 'en',
        url: `https://lighthouse.example/${number}`,
        published: at,
      },
    ],
    places: [],
    weapons: [],
    actors: [],
    newsrooms: 2,
    firstSeen: at,
    changed: at,
  };
}
