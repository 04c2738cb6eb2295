import { z } from 'zod';
import { headOf, joined, standing } from '../digests/entry.ts';
import { directionName, kindName, nameOf } from '../digests/names.ts';
import { attribution } from '../digests/attribution.ts';
import { quantityLines } from '../digests/sentence.ts';
import { aMessage, day, foreign, words, type Action, type Block, type Line } from '../src/message.ts';
import type { Request } from '../src/form.ts';
import type { Citation, NewsEvent, When } from '../src/model.ts';
import { addDays } from '../src/time.ts';
import { claimEntry } from './claims.ts';
import { completeEvent, eventAsked, momentAsked } from './asked.ts';
import type { Command, Context } from './command.ts';
import { correctionsBlock } from './correct-audit.ts';
import { type Page, pageActions, pageOf, pageOption, shareAction } from './paging.ts';

const MOST_CLAIMS = 5;
const MOST_PAGES = 10;
const DAYS_AROUND = 14;

const input = z.object({
  id: z.string().describe('The event: its id, or words of it'),
  'as-of': z.string().optional().describe('What was known at the end of this day, such as 2024-01-05'),
  page: pageOption,
});

/** `/event` tells all that is known of one event, now or as of an earlier day. */
export const event = {
  name: 'event',
  description: 'One event: its day, claims, sources and status',
  input,
  completions: { id: completeEvent },

  async run({ id, 'as-of': asOf, page }, context) {
    const moment = momentAsked(asOf, context);
    const found = await eventAsked(id, context, moment);
    const { speech, zone } = context;
    const pages = pageOf(found.citations, page, MOST_PAGES);
    return aMessage({
      title: [headOf(found, context)],
      blocks: [
        { kind: 'facts', facts: factsOf(found, context) },
        ...claimsBlock(found, context),
        ...pagesBlock(found, pages, context),
        ...(await correctionsBlock(found, context, moment)),
      ],
      footer: [
        ...(moment === undefined
          ? []
          : [[words(`${speech.say('event.asOf')} `), { kind: 'moment', at: moment, show: 'both' } as const]]),
        [words(speech.say('zone', { zone }))],
      ],
      actions: [...pageActions(pages, context.request, speech), ...actionsOf(found, context)],
      tags: [found.kind],
      language: speech.language,
      zone,
    });
  },
} satisfies Command<typeof input>;

type Fact = Extract<Block, { kind: 'facts' }>['facts'][number];

function factsOf(found: NewsEvent, context: Context): Fact[] {
  const { speech } = context;
  const named = (ids: readonly string[]): Line => {
    const names = ids.flatMap((id) => nameOf(id, context) ?? []);
    return names.length === 0 ? [] : [words(speech.list(names))];
  };
  const direction = directionName(found.direction, context);
  const facts: [string, Line][] = [
    ['day', [day(found.when === undefined ? speech.say('when.unknown') : speech.when(found.when))]],
    ['kind', [words(kindName(found.kind, context))]],
    ['direction', direction === '' ? [] : [words(direction)]],
    ['status', [words(speech.say(`status.${found.status}`))]],
    ['who', joined(attribution(found, context), context)],
    ['figures', joined(quantityLines(found.claims, context), context)],
    ['weapons', named(found.weapons)],
    ['places', named(found.places)],
    ['known', standing(found, context)],
    ['seen', [{ kind: 'moment', at: found.firstSeen, show: 'both' }]],
  ];
  return facts.flatMap(([name, value]) =>
    value.length === 0 ? [] : [{ name: speech.say(`fact.${name}`), value }],
  );
}

function claimsBlock(found: NewsEvent, context: Context): Block[] {
  const told = found.claims.filter(({ sentence, claimants }) => sentence !== '' || claimants.length > 0);
  if (told.length === 0) return [];
  const entries = told.slice(0, MOST_CLAIMS).map((claim) => claimEntry(claim, context));
  const title = context.speech.say('event.claims', { count: told.length });
  return [
    { kind: 'heading', line: [words(title)] },
    { kind: 'entries', entries },
  ];
}

/** The pages in a list with numbers, by which `/correct split` takes them. */
function pagesBlock(
  { citations }: NewsEvent,
  { things, page }: Page<Citation>,
  { speech }: Context,
): Block[] {
  if (citations.length === 0) return [];
  const first = (page - 1) * MOST_PAGES + 1;
  const entries = things.map((one, index) => ({
    line: [words(`${first + index} · `, 'quiet'), ...pageLine(one)],
    details: [],
  }));
  return [
    { kind: 'heading', line: [words(speech.say('event.pages', { count: citations.length }))] },
    { kind: 'entries', entries },
  ];
}

function pageLine({ outlet, title, url, language, published }: Citation): Line {
  const label = title === undefined ? outlet : `${title} (${outlet})`;
  return [
    url === undefined ? foreign(label) : { kind: 'link', label, url },
    words(` · ${language}`, 'quiet'),
    ...(published === undefined
      ? []
      : [words(' · ', 'quiet'), { kind: 'moment', at: published, show: 'day' } as const]),
  ];
}

function actionsOf({ id, when }: NewsEvent, { speech, request }: Context): Action[] {
  const button = (command: string, phrase: string, options: Request['options']): Action => ({
    kind: 'button',
    label: speech.say(phrase),
    request: { command, options },
    effect: 'reply',
  });
  return [
    button('claims', 'event.allClaims', { about: id }),
    button('why', 'event.why', { id }),
    ...(when === undefined ? [] : [button('timeline', 'event.timeline', { when: daysAround(when) })]),
    button('export', 'export.button', { about: id }),
    shareAction(request, speech),
  ];
}

/** The days of an event with the two weeks before and after it, as somebody would type them. */
function daysAround({ start, end }: When): string {
  return `${addDays(start, -DAYS_AROUND)}..${addDays(end, DAYS_AROUND)}`;
}
