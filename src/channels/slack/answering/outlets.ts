import type { types } from '@slack/bolt';
import { PostError } from '../../../errors.ts';
import type { Form } from '../../../form.ts';
import type { Action, Message } from '../../../message.ts';
import { shorten } from '../../shorten.ts';
import type { Signer } from '../../signer.ts';
import { plain } from '../rendering/actions.ts';
import { handOver } from './files.ts';
import type { Place } from './people.ts';
import { type Rendered, renderSlack } from '../rendering/render.ts';
import { COMMAND, plainLine } from '../rendering/text.ts';

/** Where an answer goes: to the address that Slack gave for it, into a view that opens, or in place of what a view shows. */
export type Outlet =
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'opening'; readonly trigger: string }
  | { readonly kind: 'view'; readonly id: string };

/** Who sees an answer: the asker alone, everybody, or whoever saw the message that was pressed, in place of it. */
export type Audience = Form['audience'] | 'replace';

/** What telling an answer takes. */
export interface Teller {
  readonly signer: Signer;
  readonly onWarning: (what: string, error: unknown) => void;
}

/** Slack takes five answers at one address; as many parts an answer may have. */
const MOST_PARTS = 3;
const TIMEOUT_MS = 10_000;
const LONGEST_TITLE = 24;

/** Tells an answer where it belongs. */
export async function tell(
  message: Message,
  { outlet, place, audience }: { outlet: Outlet; place: Place; audience: Audience },
  { signer, onWarning }: Teller,
): Promise<void> {
  if (outlet.kind !== 'address') return show(message, outlet, place, signer);
  const isForAll = audience === 'channel' && message.tone !== 'problem';
  const told = await handOver(message, place, { isForAll, onWarning });
  for (const [index, { text, blocks }] of renderSlack(told, signer, MOST_PARTS).entries()) {
    await deliver(outlet.url, {
      text,
      blocks,
      response_type: isForAll ? 'in_channel' : 'ephemeral',
      replace_original: audience === 'replace' && index === 0,
      unfurl_links: false,
      unfurl_media: false,
    });
  }
}

/** The blocks of a message as a view shows them: nothing under it that needs a channel. */
export function viewBlocks(message: Message, signer: Signer): Rendered['blocks'] {
  const actions = message.actions.filter((action) => !needsChannel(action));
  return renderSlack({ ...message, actions }, signer, 1).flatMap(({ blocks }) => blocks);
}

async function show(
  message: Message,
  outlet: Exclude<Outlet, { kind: 'address' }>,
  { client, channel }: Place,
  signer: Signer,
): Promise<void> {
  const view: types.ModalView = {
    type: 'modal',
    private_metadata: JSON.stringify({ channel }),
    title: plain(plainLine(message.title, message.zone) || COMMAND, LONGEST_TITLE),
    blocks: viewBlocks(message, signer),
  };
  if (outlet.kind === 'view') await client.views.update({ view_id: outlet.id, view });
  else await client.views.open({ trigger_id: outlet.trigger, view });
}

function needsChannel(action: Action): boolean {
  return action.kind !== 'link' && (action.effect === 'publish' || action.effect === 'form');
}

/** @throws {PostError} when Slack did not take it, such as half an hour later */
async function deliver(address: string, body: object): Promise<void> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) {
    const said = shorten(await response.text(), 100);
    throw new PostError(`Slack did not take an answer: ${response.status} ${said}`, { reason: 'refused' });
  }
}
