import { UserError } from '../src/errors.ts';
import type { Citation, EventId, ItemId, NewsEvent } from '../src/model.ts';
import { findEvent } from '../src/store/events.ts';
import { articleAsked } from './asked-article.ts';
import type { Complete, Context } from './command.ts';

const LONGEST_LABEL = 100;

/** A page of an event of which we have the article. */
export type OwnPage = Citation & { readonly item: ItemId };

/**
 * The articles of an event that somebody named: by their numbers in the list that `/event` shows (`2,4-5`), by their addresses
 * or ids, or one by its title.
 *
 * @throws {UserError} when one is not an article of the event
 */
export async function articlesOfEvent(typed: string, event: NewsEvent, context: Context): Promise<OwnPage[]> {
  const whole = await pageNamed(typed.trim(), event, context);
  if (whole !== undefined) return [owned(whole, typed, event, context)];
  const found = new Map<ItemId, OwnPage>();
  for (const part of typed.split(/[\s,;、，]+/).filter((one) => one !== '')) {
    const pages = pagesNumbered(part, event) ?? [await pageNamed(part, event, context)];
    for (const page of pages) {
      const own = owned(page, part, event, context);
      found.set(own.item, own);
    }
  }
  return [...found.values()];
}

/** Proposes the articles of the event that is named in the same form, by their numbers. */
export const completeArticles: Complete = async (typed, { db, request }) => {
  const event = await findEvent(db, (request.options['id'] ?? '').trim() as EventId);
  const before = /^.*[\s,;]/.exec(typed)?.[0] ?? '';
  return (event?.citations ?? []).flatMap(({ item, title, outlet }, index) => {
    const label = `${index + 1} · ${title === undefined ? outlet : `${title} (${outlet})`}`;
    return item === undefined
      ? []
      : [{ value: `${before}${index + 1}`, label: label.slice(0, LONGEST_LABEL).toWellFormed() }];
  });
};

function owned(page: Citation | undefined, typed: string, { id }: NewsEvent, { speech }: Context): OwnPage {
  if (page === undefined) throw new UserError(speech.say('error.correct.article', { id, value: typed }));
  const { item } = page;
  if (item === undefined) throw new UserError(speech.say('error.correct.shipped', { value: typed }));
  return { ...page, item };
}

/** The pages with these numbers, `4` or `2-5`, counted from 1 as `/event` lists them; `undefined` when it is no number. */
function pagesNumbered(typed: string, { citations }: NewsEvent): (Citation | undefined)[] | undefined {
  const [, first, last = first] = /^#?(\d{1,4})(?:[-–](\d{1,4}))?$/.exec(typed) ?? [];
  if (first === undefined) return undefined;
  const count = Math.min(Math.max(Number(last) - Number(first) + 1, 1), citations.length + 1);
  return Array.from({ length: count }, (_, index) => citations[Number(first) - 1 + index]);
}

async function pageNamed(
  typed: string,
  { citations }: NewsEvent,
  context: Context,
): Promise<Citation | undefined> {
  const item = await articleAsked(typed, context);
  return citations.find((page) => (item !== undefined && page.item === item.id) || page.url === typed);
}
