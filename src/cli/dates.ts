import { z } from 'zod';
import { findDates, type DateMention } from '../language/dates.ts';
import { dateLanguages } from '../language/dates/words.ts';
import { detectLanguage } from '../language/detect.ts';
import type { When } from '../model.ts';
import { dayAt, dayFrom, type Clock } from '../time.ts';
import type { Io } from './io.ts';
import { jsonLines } from './json-lines.ts';

const DateLine = z.object({
  id: z.coerce.string().min(1),
  text: z.string(),
  /** A day or a moment, of which the day counts; empty or absent where it is not known. */
  published: z.string().nullish(),
  lang: z.string().nullish(),
  expression: z.string().nullish(),
});

/**
 * `tumen dates`: the dates that texts name, one JSON line a text. `date` and `precision` are those of the
 * expression that the line asks about, else of the first date; both are null where there is none.
 *
 * @param clock - a text without a day of publication is no younger than now
 */
export async function datesCommand(io: Io, clock: Clock = () => new Date()): Promise<void> {
  let count = 0;
  for await (const line of jsonLines(io, DateLine)) {
    const mentions = mentionsIn(line, clock);
    const asked = line.expression ? mentionOf(line.expression, line.text, mentions) : mentions[0];
    const date = asked ? written(asked.when) : null;
    const precision = asked?.when.precision ?? null;
    await io.print(JSON.stringify({ id: line.id, date, precision, dates: mentions.map(entry) }));
    io.progress(`${++count} texts read`);
  }
}

function mentionsIn({ text, published, lang }: z.output<typeof DateLine>, clock: Clock): DateMention[] {
  const day = dayFrom((published ?? '').slice(0, 10));
  const language = languageOf(text, lang ?? undefined);
  return findDates(text, { language, published: day, notAfter: dayAt(clock(), 'UTC') });
}

/** A declared language is believed, as the text may be no more than one expression. */
function languageOf(text: string, declared: string | undefined): string {
  const code = declared?.toLowerCase().split('-', 1)[0] ?? '';
  return dateLanguages.includes(code) ? code : detectLanguage(text, declared);
}

/** The mention that shares most of its characters with the expression; of equals the first. */
function mentionOf(
  expression: string,
  text: string,
  mentions: readonly DateMention[],
): DateMention | undefined {
  const start = Math.max(text.indexOf(expression), 0);
  const end = start + expression.length;
  const shared = (mention: DateMention) => Math.min(mention.end, end) - Math.max(mention.start, start);
  return mentions
    .filter((mention) => shared(mention) > 0)
    .reduce<DateMention | undefined>(
      (best, mention) => (best === undefined || shared(mention) > shared(best) ? mention : best),
      undefined,
    );
}

function entry({ expression, start: offset, when: { start, end, precision } }: DateMention) {
  return { expression, offset, start, end, precision };
}

/** `2024-01-02`, `2024-01`, `2024`, or the two ends of anything else. */
function written({ start, end, precision }: When): string {
  if (precision === 'day') return start;
  if (precision === 'month') return start.slice(0, 7);
  if (precision === 'year') return start.slice(0, 4);
  return `${start}/${end}`;
}
