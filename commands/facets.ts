import { kindName, nameOf } from '../digests/names.ts';
import type { Request } from '../src/form.ts';
import { type Action, type Block, foreign, harmless, type Line, words } from '../src/message.ts';
import type { EventFilter } from '../src/store/events.ts';
import { type Side, spreadOf } from '../src/store/spread.ts';
import type { Context } from './command.ts';

/** The options that narrow a list by each side, in the order in which they are told. */
const options = { month: 'when', kind: 'kind', place: 'place', actor: 'actor', source: 'source' } as const;
const sides = Object.keys(options) as Side[];

/** So many values of each side are told, those with the most events. */
const MOST_TOLD = 5;
/** So many of the latest events are looked at. */
const MOST_EVENTS = 500;

/** The option of a request that holds one more: `kind=use`. */
const NARROW = 'narrow';

/** Some values of one side, with how many events each has. */
export interface Counted {
  readonly side: Side;
  readonly values: readonly { readonly value: string; readonly label: string; readonly count: number }[];
}

/** Counts what a look-up finds by each side on which it can still be narrowed. */
export async function countSides(
  filter: Omit<EventFilter, 'limit' | 'after'>,
  context: Context,
): Promise<Counted[]> {
  const shares = await spreadOf(context.db, filter, MOST_EVENTS);
  return sides.flatMap((side) => {
    const most = shares.filter((share) => share.side === side).slice(0, MOST_TOLD);
    if (most.length < 2) return [];
    const shown = side === 'month' ? most.toSorted((a, b) => (a.name < b.name ? -1 : 1)) : most;
    return [
      {
        side,
        values: shown.map(({ name, count }) => ({ value: name, label: labelOf(side, name, context), count })),
      },
    ];
  });
}

/** How many events there are of which kind, place and so on, a line each. */
export function sidesBlock(counted: readonly Counted[], total: number, { speech }: Context): Block[] {
  if (counted.length === 0) return [];
  const facts = counted.map(({ side, values }) => ({
    name: speech.say(`facet.${side}`),
    value: values.flatMap(({ label, count }, index): Line => [
      words(index === 0 ? '' : ' · '),
      foreign(label),
      words(` ${speech.number(count)}`, 'quiet'),
    ]),
  }));
  const title =
    total > MOST_EVENTS ? speech.say('facet.latest', { count: MOST_EVENTS }) : speech.say('facet.title');
  return [
    { kind: 'heading', line: [words(title)] },
    { kind: 'facts', facts },
  ];
}

/** A menu that narrows a look-up by one of the values that were counted. */
export function narrowMenu(counted: readonly Counted[], { speech, request }: Context): Action[] {
  const choices = counted.flatMap(({ side, values }) =>
    values.map(({ value, label, count }) => ({
      value: `${options[side]}=${value}`,
      label: `${speech.say(`facet.${side}`)}: ${label} (${speech.number(count)})`,
    })),
  );
  if (choices.length === 0) return [];
  const { after: _, ...asked } = request.options;
  return [
    {
      kind: 'menu',
      label: speech.say('facet.title'),
      option: NARROW,
      choices,
      request: { ...request, options: asked },
      effect: 'replace',
    },
  ];
}

/** A request with what was chosen from the menu among its options. */
export function narrowed(request: Request): Request {
  const { [NARROW]: chosen, ...asked } = request.options;
  if (chosen === undefined) return request;
  const split = chosen.indexOf('=');
  const option = Object.values(options).find((name) => name === chosen.slice(0, split));
  return option === undefined
    ? { ...request, options: asked }
    : { ...request, options: { ...asked, [option]: chosen.slice(split + 1) } };
}

function labelOf(side: Side, name: string, context: Context): string {
  switch (side) {
    case 'kind':
      return kindName(name, context);
    case 'place':
    case 'actor':
      return nameOf(name, context) ?? name;
    case 'month':
    case 'source':
      return harmless(name);
  }
}
