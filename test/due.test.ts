import { expect, test } from 'vitest';
import { dueSlot, nextSlots, slotsBetween } from '../digests/due.ts';
import type { Wishes } from '../src/subscription.ts';
import { aSubscription } from './builders.ts';

test.each<[string, string, string, string, Wishes, string[]]>([
  [
    'every day at one wall-clock time, whatever the season',
    '08:00',
    'Europe/Paris',
    '2024-03-30T00:00:00Z',
    {},
    ['2024-03-30T07:00:00Z', '2024-03-31T06:00:00Z', '2024-04-01T06:00:00Z'],
  ],
  [
    'a time that the day skips is told as much later',
    '02:30',
    'Europe/Paris',
    '2024-03-30T12:00:00Z',
    {},
    ['2024-03-31T01:30:00Z', '2024-04-01T00:30:00Z', '2024-04-02T00:30:00Z'],
  ],
  [
    'a time that the day has twice is told the first time only',
    '02:30',
    'Europe/Paris',
    '2024-10-26T12:00:00Z',
    {},
    ['2024-10-27T00:30:00Z', '2024-10-28T01:30:00Z', '2024-10-29T01:30:00Z'],
  ],
  [
    'half an hour is skipped on Lord Howe Island',
    '02:15',
    'Australia/Lord_Howe',
    '2024-10-05T00:00:00Z',
    {},
    ['2024-10-05T15:45:00Z', '2024-10-06T15:15:00Z', '2024-10-07T15:15:00Z'],
  ],
  [
    'a day that Samoa never had has no slot',
    '08:00',
    'Pacific/Apia',
    '2011-12-29T00:00:00Z',
    {},
    ['2011-12-29T18:00:00Z', '2011-12-30T18:00:00Z', '2011-12-31T18:00:00Z'],
  ],
  [
    'midnight that a day begins without is one o’clock',
    '00:00',
    'America/Sao_Paulo',
    '2018-11-03T12:00:00Z',
    {},
    ['2018-11-04T03:00:00Z', '2018-11-05T02:00:00Z', '2018-11-06T02:00:00Z'],
  ],
  [
    'weekdays leave out Saturday and Sunday as the zone has them',
    '08:00',
    'Asia/Seoul',
    '2024-01-04T23:30:00Z',
    { schedule: 'weekdays' },
    ['2024-01-07T23:00:00Z', '2024-01-08T23:00:00Z', '2024-01-09T23:00:00Z'],
  ],
  [
    'weekly is Monday unless said',
    '08:00',
    'UTC',
    '2024-01-02T00:00:00Z',
    { schedule: 'weekly' },
    ['2024-01-08T08:00:00Z', '2024-01-15T08:00:00Z', '2024-01-22T08:00:00Z'],
  ],
  [
    'several times a day',
    '18:00',
    'UTC',
    '2024-01-02T00:00:00Z',
    { alsoAt: ['08:00', '18:00'] },
    ['2024-01-02T08:00:00Z', '2024-01-02T18:00:00Z', '2024-01-03T08:00:00Z'],
  ],
  [
    'hourly keeps the quiet hours, over midnight too',
    '00:00',
    'UTC',
    '2024-01-02T20:30:00Z',
    { schedule: 'hourly', quiet: { from: '22:00', to: '07:00' } },
    ['2024-01-02T21:00:00Z', '2024-01-03T07:00:00Z', '2024-01-03T08:00:00Z'],
  ],
  [
    'hourly comes every hour, also in the hour that comes twice',
    '00:30',
    'Europe/Paris',
    '2024-10-26T23:45:00Z',
    { schedule: 'hourly' },
    ['2024-10-27T00:30:00Z', '2024-10-27T01:30:00Z', '2024-10-27T02:30:00Z'],
  ],
])('%s', (_, ...[time, zone, after, wishes, moments]) => {
  const slots = nextSlots({ time, zone, wishes }, new Date(after), 3);
  expect(slots.map(({ at }) => at)).toEqual(moments.map((moment) => new Date(moment)));
});

test.each<[string, string, Wishes, string, string, string]>([
  ['a morning digest is about the day before', '08:00', {}, '2024-01-03', '2024-01-02', '2024-01-02'],
  ['an evening digest is about its own day', '18:00', {}, '2024-01-03', '2024-01-03', '2024-01-03'],
  [
    'Monday’s is about the weekend too',
    '08:00',
    { schedule: 'weekdays' },
    '2024-01-08',
    '2024-01-05',
    '2024-01-07',
  ],
  [
    'a weekly one is about seven days',
    '08:00',
    { schedule: 'weekly' },
    '2024-01-08',
    '2024-01-01',
    '2024-01-07',
  ],
])('%s', (_, ...[time, wishes, day, from, to]) => {
  const at = new Date(`${day}T00:00:00Z`);
  const [slot] = slotsBetween({ time, zone: 'UTC', wishes }, at, new Date(`${day}T23:59:59Z`));
  expect(slot?.period).toEqual({ from, to, zone: 'UTC' });
});

test('after a week without a clock only the last slot is caught up', () => {
  const subscription = aSubscription({ zone: 'UTC' });
  expect(dueSlot(subscription, new Date('2024-10-20T09:00:00Z'), 24 * 3_600_000)?.at).toEqual(
    new Date('2024-10-20T08:00:00Z'),
  );
});

test('a slot from before the subscription began is not due, nor one that is too long ago', () => {
  const subscription = aSubscription({ zone: 'UTC', created: new Date('2024-10-20T08:00:00Z') });
  expect(dueSlot(subscription, new Date('2024-10-20T09:00:00Z'), 24 * 3_600_000)).toBeUndefined();
  expect(dueSlot(subscription, new Date('2024-10-21T12:00:00Z'), 3_600_000)).toBeUndefined();
});
