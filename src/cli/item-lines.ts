import { z } from 'zod';
import type { Item, ItemId } from '../model.ts';
import type { Io } from './io.ts';
import { jsonLines } from './json-lines.ts';

/** An item as the measuring commands read it: one JSON object a line (DESIGN.md section 5). */
const ItemLine = z.object({
  id: z.coerce.string().min(1),
  title: z.string().default(''),
  summary: z.string().nullish(),
  text: z.string().nullish(),
  lang: z.string().nullish(),
  published: z.string().nullish(),
  source: z.string().nullish(),
  url: z.string().nullish(),
});

/** An item that was read, with the id of its line and the language that its line declares. */
export interface ReadItem {
  readonly id: string;
  readonly item: Item;
  readonly declaredLanguage: string | undefined;
}

/** Reads items from JSON Lines; bad lines are named and left out. `seen` is the moment given to items without a date. */
export async function* itemLines(io: Io, seen: Date): AsyncGenerator<ReadItem> {
  for await (const line of jsonLines(io, ItemLine)) {
    const declaredLanguage = line.lang ?? undefined;
    yield { id: line.id, item: toItem(line, seen), declaredLanguage };
  }
}

function toItem(line: z.output<typeof ItemLine>, seen: Date): Item {
  const published = momentOf(line.published ?? '');
  const name = line.source ?? 'unknown';
  return {
    id: line.id as ItemId,
    source: { name, family: name, kind: 'press' },
    ...(line.url ? { url: line.url } : {}),
    title: line.title,
    text: line.text ?? line.summary ?? '',
    language: line.lang ?? 'und',
    ...(published ? { published: published.moment } : {}),
    ...(published?.isDay ? { publishedPrecision: 'day' as const } : {}),
    seen: published === undefined ? seen : seenAt(published),
  };
}

/** An item that tells only its day counts as seen at noon. */
function seenAt({ moment, isDay }: { moment: Date; isDay: boolean }): Date {
  return isDay ? new Date(moment.getTime() + 12 * 3_600_000) : moment;
}

/** Reads an ISO 8601 date or moment; a moment without a zone is UTC. */
function momentOf(text: string): { moment: Date; isDay: boolean } | undefined {
  const form =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2})?)?$/.exec(
      text.trim(),
    );
  if (form === null) return undefined;
  const [, day = '', time, zone = 'Z'] = form;
  const moment = new Date(`${day}T${time ?? '00:00'}${zone}`);
  return Number.isNaN(moment.getTime()) ? undefined : { moment, isDay: time === undefined };
}
