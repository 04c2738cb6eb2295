import calendar from './calendar.json' with { type: 'json' };

type Groups = Readonly<Record<string, string | undefined>>;

/** One way of writing a date: what it looks like, and what its named groups mean. */
interface Form {
  readonly pattern: RegExp;
  readonly read: (groups: Groups, defaultZoneMinutes: number) => Date | undefined;
}

const LONGEST_DATE = 80;
const KOREA_MINUTES = 540;
const JAPAN_MINUTES = 540;
const CHINA_MINUTES = 480;
const DAY_MINUTES = 1440;

const TIME = String.raw`(?<hour>\d{1,2})[:.h](?<minute>\d{1,2})(?::(?<second>\d{1,2})(?:[.,](?<fraction>\d+))?)?`;
const CLOCK = String.raw`(?:[,T]?\s*(?:um |à |at |alle |в |о )?${TIME}\s*(?<half>am|pm)?(?![:\d])\s*(?<zone>.*))?`;
const HALF_DAY = String.raw`(?:(?<half>오전|오후)\s?)?`;
const WEEKDAY = String.raw`(?:\p{L}{2,14}\.?\s*,\s*|\p{L}{2,14}\.? )?`;

const monthNumbers: ReadonlyMap<string, number> = new Map(
  Object.values(calendar.months).flatMap((months) =>
    months.flatMap((names, index) => names.split(' ').map((name) => [plainName(name), index + 1] as const)),
  ),
);
const zoneMinutes: ReadonlyMap<string, number> = new Map(Object.entries(calendar.zoneMinutes));

const forms: readonly Form[] = [
  // By far the most common form of feeds comes first.
  form(
    String.raw`${WEEKDAY}(?<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?[ -](?:de |of )?(?<name>\p{L}+)\.?,?[ -](?:de )?(?<year>\d{4}|\d{2})(?!\d)(?: ?(?:года|року|г|р))?\.?${CLOCK}`,
    worded,
  ),
  form(String.raw`(?<year>\d{4})-0?(?<month>\d{2})-(?<day>\d{2})(?:[T ]\s?${TIME}\s*(?<zone>.*))?`, exact),
  form(
    String.raw`(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)(?:T?(?<hour>\d\d):?(?<minute>\d\d):?(?<second>\d\d)?\s*(?<zone>\D.*)?)?`,
    exact,
  ),
  form(String.raw`(?<year>\d{4})(?:-(?<month>\d\d))?`, exact),
  form(String.raw`(?<year>\d{4})-?(?<dayOfYear>\d{3})`, dayOfYear),
  form(String.raw`(?<year>\d\d)-?(?<month>\d\d)-?(?<day>\d\d)`, recent),
  form(String.raw`-(?<year>\d\d)-?(?<month>\d\d)`, recent),
  form(
    String.raw`(?<year>\d{4})년 ?(?<month>\d{1,2})월 ?(?<day>\d{1,2})일(?: ?\(.\))? ?${HALF_DAY}(?:${TIME})?`,
    inZone(KOREA_MINUTES),
  ),
  form(
    String.raw`(?<year>\d{4})[-.] ?(?<month>\d{1,2})[-.] ?(?<day>\d{1,2})\.? (?<half>오전|오후) ?${TIME}`,
    inZone(KOREA_MINUTES),
  ),
  form(
    String.raw`(?<year>\d{4})年 ?(?<month>\d{1,2})月 ?(?<day>\d{1,2})日(?: ?\(.\))? ?(?:(?<hour>\d{1,2})時 ?(?<minute>\d{1,2})分?(?: ?(?<second>\d{1,2})秒)?)`,
    inZone(JAPAN_MINUTES),
  ),
  form(
    String.raw`(?<year>\d{4})年 ?(?<month>\d{1,2})月 ?(?<day>\d{1,2})日(?: ?\(.\))? ?(?:(?<hour>\d{1,2})[:时] ?(?<minute>\d{1,2})[:分]? ?(?:(?<second>\d{1,2})秒?)?)?`,
    inZone(CHINA_MINUTES),
  ),
  form(String.raw`(?<year>\d{4})-(?<name>\p{L}+)-(?<day>\d{1,2})T${TIME}\s*(?<zone>.*)`, exact),
  form(String.raw`${WEEKDAY}(?<year>\d{4})[/.](?<month>\d{1,2})[/.](?<day>\d{1,2})\.?${CLOCK}`, exact),
  form(
    String.raw`${WEEKDAY}(?<name>\p{L}+)\.? (?<day>\d{1,2})(?:st|nd|rd|th)?,? (?<year>\d{4})${CLOCK}`,
    worded,
  ),
  form(String.raw`${WEEKDAY}(?<name>\p{L}+) (?<day>\d{1,2}) ${TIME} ?(?<zone>\S*)? (?<year>\d{4})`, worded),
  form(String.raw`${WEEKDAY}(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})${CLOCK}`, worded),
  form(String.raw`${WEEKDAY}(?<first>\d{1,2})/(?<next>\d{1,2})/(?<year>\d{4})${CLOCK}`, slashed),
  form(String.raw`(?<seconds>\d{10})`, ({ seconds }) => new Date(Number(seconds) * 1000)),
  form(String.raw`(?<milliseconds>\d{13})`, ({ milliseconds }) => new Date(Number(milliseconds))),
];

/**
 * Reads the date of a feed or item, in any of the forms that publishers use: RFC 822 and its variants, ISO
 * 8601, month names of some twenty languages, Korean, Chinese and Japanese forms, epoch numbers.
 *
 * It never depends on the zone of this machine, and never invents: a day that does not exist, an hour past 24 or
 * an offset that cannot be read give nothing. A name of a zone that is not known is passed over in a worded date.
 * Dots mean day.month.year; slashes month/day/year unless the first number exceeds 12; two-digit years below 70
 * are of this century; the weekday is ignored.
 *
 * @param defaultZoneMinutes - minutes east of Greenwich for dates that name no zone
 * @returns the moment, from year 1 to 9999; `undefined` when the text is no date
 */
export function parseFeedDate(text: string, defaultZoneMinutes = 0): Date | undefined {
  const date = text
    .normalize('NFC')
    .replace(/[\s\u200e\u200f]+/g, ' ')
    .trim();
  if (date === '' || date.length > LONGEST_DATE) return undefined;
  for (const { pattern, read } of forms) {
    const found = pattern.exec(date);
    if (found) return read(found.groups ?? {}, defaultZoneMinutes);
  }
  return undefined;
}

function form(pattern: string, read: Form['read']): Form {
  return { pattern: new RegExp(`^${pattern}$`, 'iu'), read };
}

/** Computer forms: a zone that cannot be read spoils the date. */
function exact(groups: Groups, defaultZone: number): Date | undefined {
  return moment(groups, offsetIn(groups['zone'], defaultZone));
}

/** Forms for people: a word where the zone should be is passed over, a malformed offset is not. */
function worded(groups: Groups, defaultZone: number): Date | undefined {
  const zone = groups['zone']?.replace(/\s*\([^)]*\)\s*$/, '') ?? '';
  const offset = offsetIn(zone, defaultZone);
  return moment(groups, offset ?? (/[:\d]/.test(zone) ? undefined : defaultZone));
}

function inZone(minutes: number): Form['read'] {
  return (groups) => moment(groups, minutes);
}

function recent(groups: Groups): Date | undefined {
  return moment({ ...groups, year: `20${groups['year']}` }, 0);
}

function slashed(groups: Groups, defaultZone: number): Date | undefined {
  const { first = '', next = '' } = groups;
  const [month, day] = Number(first) > 12 ? [next, first] : [first, next];
  return worded({ ...groups, month, day }, defaultZone);
}

function dayOfYear(groups: Groups): Date | undefined {
  const count = Number(groups['dayOfYear']);
  const year = Number(groups['year']);
  if (count < 1 || count > (daysIn(year, 2) === 29 ? 366 : 365)) return undefined;
  return new Date(Date.UTC(year, 0, count));
}

function moment(groups: Groups, offsetMinutes: number | undefined): Date | undefined {
  const { name, month = '1', day = '1', hour = '0', minute = '0', second = '0', fraction = '0' } = groups;
  const clock = {
    hour: hourOf(Number(hour), groups['half']),
    minute: Number(minute),
    second: Number(second),
    millisecond: Math.floor(Number(`0.${fraction}`) * 1000),
  };
  const year = fullYear(groups['year'] ?? '');
  const monthNumber = name === undefined ? Number(month) : monthNumbers.get(plainName(name));
  if (monthNumber === undefined || offsetMinutes === undefined) return undefined;
  if (!isDay(year, monthNumber, Number(day)) || !isTime(clock)) return undefined;
  const utc = new Date(0);
  utc.setUTCFullYear(year, monthNumber - 1, Number(day));
  // A leap second is given as the one before: no clock of ours has a sixty-first.
  utc.setUTCHours(clock.hour, clock.minute - offsetMinutes, Math.min(clock.second, 59), clock.millisecond);
  return utc.getUTCFullYear() >= 1 && utc.getUTCFullYear() <= 9999 ? utc : undefined;
}

/** Minutes east of Greenwich: `+0300`, `GMT+3`, `MSK`; the default where no zone is given, `undefined` where it cannot be read. */
function offsetIn(zone: string | undefined, defaultZone: number): number | undefined {
  const text =
    zone
      ?.trim()
      .toLowerCase()
      .replace(/^etc\//, '')
      .replace(/^\((.*)\)$/, '$1') ?? '';
  if (text === '') return defaultZone;
  const [, sign, hours, minutes = '0'] = /^(?:gmt|utc)?\s*([+-])(\d{1,2}):?(\d\d)?$/.exec(text) ?? [];
  if (hours === undefined) return zoneMinutes.get(text);
  const offset = Number(hours) * 60 + Number(minutes);
  if (Number(minutes) > 59 || offset >= DAY_MINUTES) return undefined;
  return sign === '-' ? -offset : offset;
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  const isAfternoon = /pm|오후/i.test(half);
  if (isAfternoon) return hour < 12 ? hour + 12 : hour;
  return hour === 12 ? 0 : hour;
}

function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

function isDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function isTime({ hour, minute, second }: { hour: number; minute: number; second: number }): boolean {
  if (minute > 59 || second > 60) return false;
  return hour < 24 || (hour === 24 && minute === 0 && second === 0);
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

function plainName(name: string): string {
  return name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}
