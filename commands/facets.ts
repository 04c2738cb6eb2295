import { kindName, nameOf } from '../digests/names.ts';
import type { Request } from '../src/form.ts';
import { type Action, type Block, foreign, harmless, type Line, words } from '../src/message.ts';
import type { EventFilter } from '../src/store/events.ts';
import { countEventsBy, type Facet } from '../src/store/facets.ts';
import type { Context } from './command.ts';

/** By what a list is told apart, in this order, and the option that narrows it so. */
const sides = [
  { facet: 'month', option: 'when' },
  { facet: 'kind', option: 'kind' },
  { facet: 'place', option: 'place' },
  { facet: 'actor', option: 'actor' },
  { facet: 'source', option: 'source' },
] as const satisfies readonly { readonly facet: Facet; readonly option: string }[];

type Side = (typeof sides)[number];

/** So many values of each side are told, those with the most events. */
const MOST_TOLD = 5;

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
  const counted: Counted[] = [];
  for (const side of sides) {
    const found = await countEventsBy(context.db, side.facet, filter);
    const most = found.toSorted((one, other) => other.count - one.count).slice(0, MOST_TOLD);
    const shown = found.filter((one) => most.includes(one));
    if (shown.length < 2) continue;
    const values = shown.map(({ name, count }) => ({
      value: name,
      label: labelOf(side, name, context),
      count,
    }));
    counted.push({ side, values });
  }
  return counted;
}

/** How many events there are of which kind, place and so on, a line each. */
export function sidesBlock(counted: readonly Counted[], { speech }: Context): Block[] {
  if (counted.length === 0) return [];
  const facts = counted.map(({ side, values }) => ({
    name: speech.say(`facet.${side.facet}`),
    value: values.flatMap(({ label, count }, index): Line => [
      words(index === 0 ? '' : ' · '),
      foreign(label),
      words(` ${speech.number(count)}`, 'quiet'),
    ]),
  }));
  return [
    { kind: 'heading', line: [words(speech.say('facet.title'))] },
    { kind: 'facts', facts },
  ];
}

/** A menu that narrows a look-up by one of the values that were counted. */
export function narrowMenu(counted: readonly Counted[], { speech, request }: Context): Action[] {
  const choices = counted.flatMap(({ side, values }) =>
    values.map(({ value, label, count }) => ({
      value: `${side.option}=${value}`,
      label: `${speech.say(`facet.${side.facet}`)}: ${label} (${speech.number(count)})`,
    })),
  );
  if (choices.length === 0) return [];
  const { after: _, ...options } = request.options;
  return [
    {
      kind: 'menu',
      label: speech.say('facet.title'),
      option: NARROW,
      choices,
      request: { ...request, options },
      effect: 'replace',
    },
  ];
}

/** A request with what was chosen from the menu among its options. */
export function narrowed(request: Request): Request {
  const { [NARROW]: chosen, ...options } = request.options;
  if (chosen === undefined) return request;
  const split = chosen.indexOf('=');
  const option = sides.find((side) => side.option === chosen.slice(0, split))?.option;
  return option === undefined
    ? { ...request, options }
    : { ...request, options: { ...options, [option]: chosen.slice(split + 1) } };
}

function labelOf({ facet }: Side, name: string, context: Context): string {
  switch (facet) {
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
