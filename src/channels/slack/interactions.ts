import type { App, BlockAction, webApi } from '@slack/bolt';
import { PostError } from '../../errors.ts';
import type { Asker, Form, Request } from '../../form.ts';
import type { Message } from '../../message.ts';
import type { Answer } from '../platform.ts';
import { shorten } from '../shorten.ts';
import type { Signer } from '../signer.ts';
import { BUTTON, MENU, optionsOf } from './actions.ts';
import { formOf, optionsIn, VIEW, viewOf } from './forms.ts';
import type { People, Place } from './people.ts';
import { renderSlack } from './render.ts';
import { COMMAND, unescaped } from './text.ts';

/** Name of the shortcut on messages, as the app's settings on Slack have it. */
export const SHORTCUT = 'find-event';

/** Slack takes five answers at one address; as many parts an answer may have. */
const MOST_PARTS = 3;
const TIMEOUT_MS = 10_000;
const LONGEST_CHOICE = 75;

/** What answering needs. */
export interface Desk {
  readonly forms: readonly Form[];
  readonly answer: Answer;
  readonly signer: Signer;
  readonly people: People;
  readonly client: webApi.WebClient;
}

/** Where an answer goes: to the asker alone, to everybody, or in place of the message that was pressed. */
type Audience = Form['audience'] | 'replace';

/** What a view keeps while somebody fills it in. */
interface About {
  readonly state: string;
  readonly channel: string;
  readonly answerTo: string;
}

/**
 * Answers what people do on Slack. Each is acknowledged before anything else, as Slack gives three seconds; the answer itself
 * goes to the address that Slack gives for it, within half an hour.
 */
export function attend(app: App, desk: Desk): void {
  app.command(COMMAND, async ({ command, ack }) => {
    await ack();
    const place = { user: command.user_id, channel: command.channel_id };
    const occasion = { place, answerTo: command.response_url, trigger: command.trigger_id };
    await typed(unescaped(command.text).trim() || 'help', occasion, desk);
  });
  app.shortcut({ type: 'message_action', callback_id: SHORTCUT }, async ({ shortcut, ack }) => {
    await ack();
    const form = desk.forms.find(({ messageOption }) => messageOption !== undefined);
    if (shortcut.type !== 'message_action' || form?.messageOption === undefined) return;
    const options = { [form.messageOption]: unescaped(shortcut.message.text ?? '') };
    const request = { command: form.name, options };
    const place = { user: shortcut.user.id, channel: shortcut.channel.id };
    await run(request, { place, answerTo: shortcut.response_url, audience: 'asker' }, desk);
  });
  app.action<BlockAction>(/^/, async ({ body, ack }) => {
    await ack();
    await pressed(body, desk);
  });
  app.view({ type: 'view_submission', callback_id: VIEW }, async ({ view, body, ack }) => {
    await ack();
    const about = aboutIn(view.private_metadata);
    const press = about === undefined ? undefined : desk.signer.read(about.state);
    if (about === undefined || press === undefined) return;
    const request = { ...press.request, options: optionsIn(view.state.values) };
    const place = { user: body.user.id, channel: about.channel };
    await run(request, { place, answerTo: about.answerTo, audience: 'asker' }, desk);
  });
  app.options<'block_suggestion'>({ type: 'block_suggestion' }, async ({ body, ack }) => {
    const about = aboutIn(body.view?.private_metadata ?? '');
    const press = about === undefined ? undefined : desk.signer.read(about.state);
    if (about === undefined || press === undefined) return ack({ options: [] });
    const given = { ...optionsIn(body.view?.state.values ?? {}), [body.block_id]: body.value };
    const asker = await desk.people.askerAt({ user: body.user.id, channel: about.channel }, false);
    const found = await desk.answer.choices({ ...press.request, options: given }, body.block_id, asker);
    await ack({ options: proposed(found, body.value) });
  });
}

/** What is proposed, and what was typed itself: Slack's list takes nothing else. */
function proposed(found: Awaited<ReturnType<Answer['choices']>>, typedText: string) {
  const own =
    typedText.trim() === '' || typedText.length > LONGEST_CHOICE
      ? []
      : [{ value: typedText, label: typedText }];
  const isKnown = found.some(({ value }) => value === typedText);
  return optionsOf([...found, ...(isKnown ? [] : own)]);
}

/** A command with what somebody typed behind it; one that has much to ask, and was told nothing, opens its form. */
async function typed(line: string, occasion: Occasion, desk: Desk): Promise<void> {
  const [command = '', second = '', ...others] = line.replace(/^\//, '').split(/\s+/);
  const bare: Request = { command: command.toLowerCase(), options: {} };
  const under: Request = { ...bare, subcommand: second.toLowerCase() };
  const isUnder = formOf(desk.forms, under) !== undefined;
  const request = isUnder ? under : bare;
  const form = formOf(desk.forms, request);
  const isToldNothing = others.length === 0 && (isUnder || second === '');
  if (isToldNothing && form !== undefined && asksMuch(form) && (await opened(request, occasion, desk)))
    return;
  const asker = await desk.people.askerAt(occasion.place, form?.managers ?? false);
  await tell(occasion.answerTo, await desk.answer.typed(line, asker), form?.audience ?? 'asker', desk.signer);
}

/** Whether a form cannot be answered as it stands, or settles several things. */
function asksMuch({ options, managers }: Form): boolean {
  return options.some(({ required }) => required) || (managers && options.length > 1);
}

async function pressed(body: BlockAction, desk: Desk): Promise<void> {
  const [action] = body.actions;
  const read = action === undefined ? undefined : pressOf(action, desk.signer);
  const channel = body.channel?.id;
  if (read === undefined || channel === undefined) return;
  const { effect, request } = read;
  const place = { user: body.user.id, channel };
  const answerTo = body.response_url;
  if (effect === 'form' && (await opened(request, { place, answerTo, trigger: body.trigger_id }, desk)))
    return;
  const audience = audiences[effect];
  await run(request, { place, answerTo, audience }, desk);
}

const audiences = { replace: 'replace', reply: 'asker', publish: 'channel', form: 'asker' } as const;

/** What was pressed or chosen; `undefined` for what we did not make. */
function pressOf(action: BlockAction['actions'][number], signer: Signer) {
  if (action.type === 'button' && action.action_id.startsWith(BUTTON)) return signer.read(action.value ?? '');
  if (action.type !== 'static_select' || !action.action_id.startsWith(MENU)) return undefined;
  const press = signer.read(action.action_id.slice(MENU.length));
  if (press?.option === undefined) return undefined;
  const options = { ...press.request.options, [press.option]: action.selected_option.value };
  return { ...press, request: { ...press.request, options } };
}

interface Occasion {
  readonly place: Place;
  readonly answerTo: string;
  readonly trigger: string;
}

/** Opens the form of a request; false when it has nothing to fill in. */
async function opened(
  request: Request,
  { place, answerTo, trigger }: Occasion,
  { forms, signer, people, client }: Desk,
): Promise<boolean> {
  const form = formOf(forms, request);
  const state = signer.sign({ effect: 'form', request: { ...request, options: {} } });
  if (form === undefined || state === undefined) return false;
  const { language } = await people.askerAt(place, false);
  const about: About = { state, channel: place.channel, answerTo };
  const view = viewOf(form, request, language, JSON.stringify(about));
  if (view === undefined) return false;
  await client.views.open({ trigger_id: trigger, view });
  return true;
}

function aboutIn(kept: string): About | undefined {
  return kept === '' ? undefined : (JSON.parse(kept) as About);
}

interface Ways {
  readonly place: Place;
  readonly answerTo: string;
  readonly audience: Audience;
}

async function run(request: Request, { place, answerTo, audience }: Ways, desk: Desk): Promise<void> {
  const asker: Asker = await desk.people.askerAt(place, formOf(desk.forms, request)?.managers ?? false);
  await tell(answerTo, await desk.answer.run(request, asker), audience, desk.signer);
}

/** Sends an answer to the address that Slack gave for it; what does not fit follows. */
async function tell(answerTo: string, message: Message, audience: Audience, signer: Signer): Promise<void> {
  for (const [index, { text, blocks }] of renderSlack(message, signer, MOST_PARTS).entries()) {
    await deliver(answerTo, {
      text,
      blocks,
      response_type: audience === 'channel' && message.tone !== 'problem' ? 'in_channel' : 'ephemeral',
      replace_original: audience === 'replace' && index === 0,
      unfurl_links: false,
      unfurl_media: false,
    });
  }
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
