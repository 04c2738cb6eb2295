import { z } from 'zod';
import type { Speech } from '../digests/speech.ts';
import type { Request } from '../src/form.ts';
import type { Action } from '../src/message.ts';
import type { Context } from './command.ts';

/** Events on a page for reading in a channel, and on one for a screen that scrolls. */
const EVENTS_IN_CHANNEL = 8;
const EVENTS_ON_SCREEN = 20;

/** Which page of a list, for buttons only: people do not count pages. */
export const pageOption = z.int().min(1).default(1).describe('Page').meta({ hidden: true });

/**
 * After what a page begins, for buttons only: it names the last thing of the page before, so that what comes in
 * meanwhile shifts nothing.
 */
export const afterOption = z.string().optional().meta({ hidden: true });

/** One page of a list that is there as a whole. */
export interface Page<Thing> {
  readonly things: readonly Thing[];
  readonly page: number;
  readonly pages: number;
}

/** Cuts the wanted page out of a list; a page beyond the end is the last. */
export function pageOf<Thing>(things: readonly Thing[], wanted: number, size: number): Page<Thing> {
  const pages = Math.max(1, Math.ceil(things.length / size));
  const page = Math.min(wanted, pages);
  return { things: things.slice((page - 1) * size, page * size), page, pages };
}

/** How many events a page of an answer holds. */
export function eventsOnPage({ asker }: Context): number {
  return asker.channel.platform === 'terminal' ? EVENTS_ON_SCREEN : EVENTS_IN_CHANNEL;
}

/** Buttons to the pages before and after. */
export function pageActions({ page, pages }: Page<unknown>, request: Request, speech: Speech): Action[] {
  const to = (number: number, phrase: string): Action => ({
    kind: 'button',
    label: speech.say(phrase),
    request: { ...request, options: { ...request.options, page: String(number) } },
    effect: 'replace',
  });
  return [
    ...(page > 1 ? [to(page - 1, 'page.before')] : []),
    ...(page < pages ? [to(page + 1, 'page.after')] : []),
  ];
}

/**
 * Buttons to the page that goes on after a thing, and back to the first.
 *
 * @param last - the cursor of the last thing shown; `undefined` on the last page
 */
export function onwardActions(last: string | undefined, { request, speech }: Context): Action[] {
  const { after, ...options } = request.options;
  const to = (phrase: string, wanted: Request['options']): Action => ({
    kind: 'button',
    label: speech.say(phrase),
    request: { ...request, options: wanted },
    effect: 'replace',
  });
  return [
    ...(after === undefined ? [] : [to('page.first', options)]),
    ...(last === undefined ? [] : [to('page.after', { ...options, after: last })]),
  ];
}

/** The button that hands over all that a look-up finds, as a file. */
export function exportAction({ request: { command, options }, speech }: Context): Action {
  const { after: _, ...wanted } = options;
  const request = { command: 'export', options: { of: command, ...wanted } };
  return { kind: 'button', label: speech.say('export.button'), request, effect: 'reply' };
}

/** The button that shows an answer to everybody in the channel. */
export function shareAction(request: Request, speech: Speech): Action {
  return { kind: 'button', label: speech.say('share'), request, effect: 'publish' };
}
