import type { When } from '../../model.ts';
import { dayFrom, monthOf, onDay } from '../../time.ts';
import { parseFeedDate } from '../reading/feed-dates.ts';
import { anyOf } from './phrases.ts';

/** What a scraped text says about itself, beside the article. */
export interface Labels {
  /** When the article was published. */
  readonly published?: When;
  /** The same to the second, where the text has it. */
  readonly moment?: Date;
  readonly url?: string;
  readonly author?: string;
}

const DATE_LABEL = /^\s*date (\d{4})-(\d{2})(?:-(\d{2}))?(?=\s)/;
const AD_TAIL = /\[ad_2\][\s\S]*$/;
/** A tail that stands before this share of the text is none. */
const LEAST_HEAD = 200;

const sourceLink = new RegExp(`^[^\\S\\n]*${anyOf('sourceLink')}\\s*:\\s*(https?:\\S+).*$`, 'imu');
const published = new RegExp(`^[^\\S\\n]*${anyOf('published')}\\s*:?\\s*(\\S[^\\n]{5,60})$`, 'gimu');
const author = new RegExp(`^[^\\S\\n]*${anyOf('author')}\\s*:[^\\S\\n]*(.*)$`, 'imu');
const rights = new RegExp(`^[^\\n]*${anyOf('rights')}.*$`, 'gimu');

/** Takes what a text says about itself out of it. */
export function takeLabels(raw: string): { readonly labels: Labels; readonly text: string } {
  const label = dateLabel(raw);
  const stated = statedDate(raw);
  const url = sourceLink.exec(raw)?.[1];
  const name = author.exec(raw)?.[1]?.trim();
  const day = stated && dayFrom(stated.moment.toISOString().slice(0, 10));
  const when = label ?? (day && onDay(day));
  return {
    labels: {
      ...(when === undefined ? {} : { published: when }),
      ...(stated === undefined || stated.isDay ? {} : { moment: stated.moment }),
      ...(url === undefined ? {} : { url }),
      ...(name ? { author: name } : {}),
    },
    text: withoutLabels(raw, stated?.line),
  };
}

function dateLabel(raw: string): When | undefined {
  const [, year, month, day] = DATE_LABEL.exec(raw) ?? [];
  if (year === undefined || month === undefined) return undefined;
  if (day === undefined)
    return Number(month) >= 1 && Number(month) <= 12 ? monthOf(Number(year), Number(month)) : undefined;
  const whole = dayFrom(`${year}-${month}-${day}`);
  return whole && onDay(whole);
}

/** A line that says when the article was published, if what follows its label can be read as a date. */
function statedDate(
  raw: string,
): { readonly moment: Date; readonly isDay: boolean; readonly line: string } | undefined {
  for (const [line, text = ''] of raw.matchAll(published)) {
    const moment = parseFeedDate(text.trim());
    if (moment) return { moment, isDay: !/\d:\d/.test(text), line };
  }
  return undefined;
}

function withoutLabels(raw: string, stated: string | undefined): string {
  const head = raw.replace(DATE_LABEL, '');
  const tail = head.search(AD_TAIL);
  const body = tail > LEAST_HEAD ? head.slice(0, tail) : head;
  return (stated === undefined ? body : body.replace(stated, ''))
    .replace(sourceLink, '')
    .replace(author, '')
    .replace(rights, '');
}
