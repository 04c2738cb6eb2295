import type {
  Citation,
  Claim,
  Claimant,
  EventId,
  Feed,
  Item,
  ItemId,
  Match,
  NewsEvent,
  Source,
} from '../src/model.ts';
import type { Delivery, Subscription } from '../src/subscription.ts';
import { onDay, parseDay } from '../src/time.ts';

let made = 0;

/** A newspaper of no particular leaning. */
export function aSource(given: Partial<Source> = {}): Source {
  return { name: 'The Daily Lighthouse', family: 'lighthouse', country: 'GB', kind: 'press', ...given };
}

export function aFeed(given: Partial<Feed> = {}): Feed {
  const number = next();
  return {
    id: `feed-${number}`,
    url: `https://lighthouse.example/feeds/${number}.xml`,
    source: aSource(),
    language: 'en',
    enabled: true,
    republishes: [],
    ...given,
  };
}

/** An English article of 23 October 2024. */
export function anItem(given: Partial<Item> = {}): Item {
  const number = next();
  return {
    id: itemId(number),
    source: aSource(),
    url: `https://lighthouse.example/articles/${number}`,
    title: 'A ship docks in Rajin',
    text: 'A freighter from Vostochny docked in Rajin on Wednesday, officials in Seoul said.',
    language: 'en',
    published: new Date('2024-10-23T09:00:00Z'),
    seen: new Date('2024-10-23T09:05:00Z'),
    ...given,
  };
}

/** A hit on one term, "freighter". */
export function aMatch(given: Partial<Match> = {}): Match {
  return {
    topic: 'dprk-russia',
    zone: 'hit',
    score: 0.9,
    evidence: [{ term: 'freighter', concept: 'transport', language: 'en', start: 24, end: 33 }],
    passages: [[0, 103]],
    ...given,
  };
}

export function aClaimant(given: Partial<Claimant> = {}): Claimant {
  return { id: 'rok', name: 'officials in Seoul', ...given };
}

/** Seoul says on 23 October 2024 that a transfer from North Korea to Russia took place that day. */
export function aClaim(given: Partial<Claim> = {}): Claim {
  const number = next();
  return {
    id: `claim-${number}`,
    item: itemId(number),
    kind: 'transfer',
    direction: 'DPRK→Russia',
    when: onDay(parseDay('2024-10-23')),
    claimants: [aClaimant()],
    stance: 'asserts',
    role: 'news',
    quantities: [{ value: 20, bound: 'at_least', unit: 'containers' }],
    places: ['rajin'],
    weapons: ['shells'],
    actors: ['rok'],
    sentence: 'A freighter from Vostochny docked in Rajin on Wednesday, officials in Seoul said.',
    offset: 0,
    language: 'en',
    ...given,
  };
}

export function aCitation(given: Partial<Citation> = {}): Citation {
  const number = next();
  return {
    item: itemId(number),
    url: `https://lighthouse.example/articles/${number}`,
    outlet: 'The Daily Lighthouse',
    family: 'lighthouse',
    language: 'en',
    title: 'A ship docks in Rajin',
    published: new Date('2024-10-23T09:00:00Z'),
    ...given,
  };
}

/** A transfer on 23 October 2024, claimed by Seoul, carried by one newspaper. */
export function anEvent(given: Partial<NewsEvent> = {}): NewsEvent {
  return {
    id: `2024-10-23-t${next()}` as EventId,
    topic: 'dprk-russia',
    kind: 'transfer',
    direction: 'DPRK→Russia',
    when: onDay(parseDay('2024-10-23')),
    status: 'claimed',
    titles: { en: 'A ship docks in Rajin' },
    claims: [aClaim()],
    citations: [aCitation()],
    places: ['rajin'],
    weapons: ['shells'],
    actors: ['rok'],
    newsrooms: 1,
    firstSeen: new Date('2024-10-23T09:05:00Z'),
    changed: new Date('2024-10-23T09:05:00Z'),
    ...given,
  };
}

/** Daily at eight in Paris, in English, to a terminal. */
export function aSubscription(given: Partial<Subscription> = {}): Subscription {
  return {
    id: `subscription-${next()}`,
    channel: { platform: 'terminal', address: 'screen' },
    topic: 'dprk-russia',
    time: '08:00',
    zone: 'Europe/Paris',
    language: 'en',
    created: new Date('2024-10-01T12:00:00Z'),
    ...given,
  };
}

/** The digest of 23 October 2024, not yet sent. */
export function aDelivery(given: Partial<Delivery> = {}): Delivery {
  return {
    subscription: `subscription-${next()}`,
    period: { from: parseDay('2024-10-23'), to: parseDay('2024-10-23'), zone: 'Europe/Paris' },
    state: 'due',
    attempts: 0,
    ...given,
  };
}

function itemId(number: number): ItemId {
  return `item-${number}` as ItemId;
}

function next(): number {
  made += 1;
  return made;
}
