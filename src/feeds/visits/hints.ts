import type { FeedHints } from '../../model.ts';

const HEAD_BYTES = 64 * 1024;
const MOST_MINUTES = 7 * 24 * 60;

const PERIOD_MINUTES: Readonly<Record<string, number>> = {
  hourly: 60,
  daily: 24 * 60,
  weekly: MOST_MINUTES,
  monthly: 30 * 24 * 60,
  yearly: 365 * 24 * 60,
};
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/**
 * Finds what a feed asks of its readers: `ttl`, `skipHours` and `skipDays` of RSS 2.0, and the syndication module's
 * `updatePeriod`, `updateFrequency` and `updateBase`. Looks only in front of the first item.
 *
 * @param body - the feed as it came; these elements are ASCII in every charset that feeds use
 */
export function hintsIn(body: Uint8Array): FeedHints {
  const text = Buffer.from(body.subarray(0, HEAD_BYTES)).toString('latin1').replaceAll('\0', '');
  const head = text.slice(0, /<(?:\w+:)?(?:item|entry)[\s>]/i.exec(text)?.index);
  const ttlMinutes = wholeNumber(elementIn(head, 'ttl'));
  const updateEveryMinutes = updateIntervalIn(head);
  const updateBase = dateIn(elementIn(head, 'updateBase'));
  const skipHours = skippedHours(elementIn(head, 'skipHours'));
  const skipDays = skippedDays(elementIn(head, 'skipDays'));
  return {
    ...(ttlMinutes === undefined ? {} : { ttlMinutes }),
    ...(updateEveryMinutes === undefined ? {} : { updateEveryMinutes }),
    ...(updateBase === undefined ? {} : { updateBase }),
    ...(skipHours.length === 0 ? {} : { skipHours }),
    ...(skipDays.length === 0 ? {} : { skipDays }),
  };
}

function elementIn(head: string, name: string): string | undefined {
  const opening = new RegExp(`<(?:\\w+:)?${name}(?:\\s[^>]{0,200})?>`, 'i').exec(head);
  if (opening === null) return undefined;
  const content = head.slice(opening.index + opening[0].length);
  const end = content.search(new RegExp(`</(?:\\w+:)?${name}\\s*>`, 'i'));
  return end === -1 ? undefined : content.slice(0, end).trim();
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function updateIntervalIn(head: string): number | undefined {
  const period = PERIOD_MINUTES[elementIn(head, 'updatePeriod')?.toLowerCase() ?? ''];
  if (period === undefined) return undefined;
  return period / Math.max(1, wholeNumber(elementIn(head, 'updateFrequency')) ?? 1);
}

function dateIn(text: string | undefined): Date | undefined {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}/.test(text)) return undefined;
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) || text.length === 10 ? text : `${text}Z`;
  const date = new Date(zoned);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Hour 24 of older feeds is midnight. */
function skippedHours(element: string | undefined): number[] {
  const hours = [...(element ?? '').matchAll(/<hour>\s*(\d{1,2})\s*<\/hour>/gi)].map(([, hour]) =>
    Number(hour),
  );
  return [...new Set(hours.filter((hour) => hour <= 24).map((hour) => hour % 24))];
}

function skippedDays(element: string | undefined): number[] {
  const days = [...(element ?? '').matchAll(/<day>\s*([a-z]+)\s*<\/day>/gi)].map(([, day]) => {
    return DAYS.indexOf(day?.toLowerCase() ?? '') + 1;
  });
  return [...new Set(days.filter((day) => day > 0))];
}
