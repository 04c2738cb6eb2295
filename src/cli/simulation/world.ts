import type { Subscription, Wishes } from '../../subscription.ts';
import { randomFrom } from './random.ts';

/** What a trial of publishing is about. */
export interface Trial {
  readonly begin: Date;
  readonly days: number;
  readonly subscriptions: number;
  /** The process dies so often while it is at work, at any point of publishing. */
  readonly kills: number;
  /** So often nothing runs for a quarter of an hour up to a day and a half. */
  readonly outages: number;
  /** So often the clock is wrong by up to a day, for up to a day. */
  readonly jumps: number;
  /** Makes the same trial again. */
  readonly seed: number;
}

/** A stretch of time in epoch milliseconds; its end does not belong to it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What happens in a trial, whoever is subscribed. */
export interface World {
  readonly begin: number;
  readonly end: number;
  readonly outages: readonly Span[];
  /** While one lasts the clock shows so much more than the time. */
  readonly jumps: readonly (Span & { readonly byMs: number })[];
  /** After which moment the process dies, and how many steps later. */
  readonly kills: readonly { readonly at: number; readonly steps: number }[];
  /** Moments at which an event becomes known. */
  readonly news: readonly number[];
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** An event becomes known every so many days. */
const DAYS_BETWEEN_NEWS = 4;
/** No outage and no wrong clock reaches into the last days of a trial, so that those with one digest a week have one after whatever happened. */
const CALM_MS = 9 * DAY_MS;
/** Steps after which a process may die: more than a minute's work usually takes. */
const MOST_STEPS = 80;

const zones = [
  'Europe/Paris',
  'America/New_York',
  'Asia/Seoul',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'America/Sao_Paulo',
  'Pacific/Apia',
  'UTC',
];
/** Among them those that clocks skip or repeat when they change. */
const times = ['00:00', '02:15', '02:30', '08:00', '23:30'];
const manners: readonly Wishes[] = [
  {},
  { schedule: 'weekdays' },
  { schedule: 'weekly', weekday: 7 },
  { alsoAt: ['12:00', '18:30'] },
];
const hourly: Wishes = { schedule: 'hourly', quiet: { from: '21:00', to: '06:00' } };
/** One in so many is hourly, and has as many digests as ten others. */
const HOURLY_EVERY = 50;

/** Draws what happens in a trial. */
export function worldOf(trial: Trial): World {
  const random = randomFrom(trial.seed);
  const begin = trial.begin.getTime();
  const end = begin + trial.days * DAY_MS;
  const within = (until = end - DAY_MS) => begin + DAY_MS + random() * (until - begin - DAY_MS);
  const calm = end - CALM_MS;
  const spans = (count: number, [shortest, longest]: readonly [number, number]): Span[] =>
    Array.from({ length: count }, () => {
      const from = within(calm);
      return { from, to: Math.min(calm, from + shortest + random() * (longest - shortest)) };
    });
  const newsCount = Math.floor(trial.days / DAYS_BETWEEN_NEWS);
  return {
    begin,
    end,
    outages: spans(trial.outages, [15 * MINUTE_MS, 36 * HOUR_MS]),
    jumps: apart(spans(trial.jumps, [HOUR_MS, DAY_MS])).map((span) => ({
      ...span,
      byMs: Math.round((random() * 2 - 1) * 24 * 60) * MINUTE_MS,
    })),
    kills: Array.from({ length: trial.kills }, () => ({
      at: within(),
      steps: Math.ceil(random() * MOST_STEPS),
    })).toSorted((one, other) => one.at - other.at),
    news: Array.from({ length: newsCount }, () => within()).toSorted((one, other) => one - other),
  };
}

/** A subscription of the trial. Every zone meets every manner and time sooner or later: their numbers have no common divisor. */
export function subscriptionAt(index: number, created: Date): Subscription {
  const isHourly = index % HOURLY_EVERY === HOURLY_EVERY - 1;
  const [zone = 'UTC', time = '08:00', wishes = {}] = [
    zones[index % zones.length],
    times[Math.floor(index / zones.length / manners.length + index) % times.length],
    isHourly ? hourly : manners[index % manners.length],
  ];
  return {
    id: `s${index}`,
    channel: { platform: 'discord', address: `c${index}` },
    topic: 'trial',
    time,
    zone,
    language: 'en',
    created,
    wishes,
  };
}

export function isIn(at: number, some: readonly Span[]): boolean {
  return some.some(({ from, to }) => at >= from && at < to);
}

/** By how much the clock is wrong. */
export function skewAt(at: number, { jumps }: World): number {
  return jumps.find(({ from, to }) => at >= from && at < to)?.byMs ?? 0;
}

/** Those that no earlier one overlaps. */
function apart(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of spans) {
    if (kept.every(({ from, to }) => span.to <= from || span.from >= to)) kept.push(span);
  }
  return kept;
}
