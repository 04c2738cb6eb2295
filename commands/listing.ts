import { aMessage, day, words, type Block, type Entry, type Line, type Message } from '../src/message.ts';
import type { NewsEvent } from '../src/model.ts';
import { cursorAfter, findEvents, type EventFilter } from '../src/store/events.ts';
import { openMenu } from './asked.ts';
import type { Context } from './command.ts';
import { countSides, narrowMenu, sidesBlock } from './facets.ts';
import { readWords } from './naming.ts';
import { exportAction, onwardActions, shareAction } from './paging.ts';
import { daysName } from './when.ts';

/** A page of the events that a look-up found. */
export interface Listing {
  readonly filter: Omit<EventFilter, 'limit' | 'after'>;
  /** How many it found in all. */
  readonly total: number;
  readonly events: readonly NewsEvent[];
  /** One for each of the events. */
  readonly entries: readonly Entry[];
  /** The cursor of the last one; `undefined` on the last page. */
  readonly last: string | undefined;
  /** Stands after the count in the title, in place of the days. */
  readonly about?: Line;
}

/** How a page of a list by days is cut and told. */
interface Cut {
  /** Goes on after the event of this cursor. */
  readonly after: string | undefined;
  readonly size: number;
  readonly entry: (event: NewsEvent) => Entry;
}

/** Lists what a filter finds in the order of its days, a page at a time. */
export async function listByDay(
  asked: Omit<EventFilter, 'limit' | 'after'>,
  { after, size, entry }: Cut,
  context: Context,
): Promise<Message> {
  const { total, names } = await readWords(asked, context);
  const filter = { ...asked, names };
  const found = await findEvents(context.db, { ...filter, after, limit: size + 1 });
  const events = found.slice(0, size);
  const end = found.length > size ? events.at(-1) : undefined;
  const last = end && cursorAfter(end, asked.by);
  return listed({ filter, total, events, entries: events.map(entry), last }, context);
}

/**
 * Tells a page of events: how many there are, the page itself, what it rests on, and what can be asked next. The first
 * page of several also tells how the events are spread.
 */
export async function listed(listing: Listing, context: Context): Promise<Message> {
  const { filter, total, events, entries, last } = listing;
  const { speech, zone, request } = context;
  const isFirst = request.options['after'] === undefined;
  const counted = isFirst && last !== undefined ? await countSides(filter, context) : [];
  const blocks: Block[] = [{ kind: 'entries', entries }, ...sidesBlock(counted, total, context)];
  return aMessage({
    title: titleOf(listing, context),
    blocks,
    footer: [[words(speech.say('zone', { zone }))]],
    actions: [
      ...onwardActions(last, context),
      ...openMenu(events, context),
      ...narrowMenu(counted, context),
      ...(total === 0 ? [] : [exportAction(context), shareAction(request, speech)]),
    ],
    tags: [...new Set(events.map(({ kind }) => kind))],
    language: speech.language,
    zone,
  });
}

function titleOf({ filter: { from, to }, total, about }: Listing, { speech }: Context): Line {
  const count = total === 0 ? speech.say('events.none') : speech.say('events.title', { count: total });
  if (about !== undefined) return [words(`${count} · `), ...about];
  if (from === undefined || to === undefined) return [words(count)];
  return [words(`${count} · `), day(daysName({ from, to }, speech))];
}
