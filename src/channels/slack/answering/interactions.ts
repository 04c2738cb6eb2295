import type { App, BlockAction, Context, webApi } from '@slack/bolt';
import type { Form, Request } from '../../../form.ts';
import type { Answer } from '../../platform.ts';
import type { Signer } from '../../signer.ts';
import { BUTTON, MENU, optionsOf } from '../rendering/actions.ts';
import { formOf, optionsIn, VIEW, viewOf } from './forms.ts';
import { showHome, type HomeDesk } from './home.ts';
import { type Audience, type Outlet, tell, type Teller } from './outlets.ts';
import type { Place } from './people.ts';
import { COMMAND, SHORTCUT, unescaped } from '../rendering/text.ts';

const LONGEST_CHOICE = 75;

/** What answering needs. */
export interface Desk extends HomeDesk, Teller {
  readonly forms: readonly Form[];
  readonly clientOf: (token: string) => webApi.WebClient;
  /** The workspace by which addresses are told apart; `undefined` for the one of the settings. */
  readonly teamOf: (team: string | undefined) => string | undefined;
}

/** Something that somebody did, and where its answer goes. */
interface Occasion {
  readonly place: Place;
  readonly outlet: Outlet;
  /** Lets a view open, for three seconds. */
  readonly trigger: string;
}

/** What a view keeps while somebody looks at it: its channel, and for a form its request and where the answer goes. */
interface About {
  readonly channel: string;
  readonly state?: string;
  readonly answerTo?: string;
}

/**
 * Answers what people do on Slack. Each is acknowledged before anything else, as Slack gives three seconds; the answer itself
 * goes to the address that Slack gives for it, within half an hour.
 */
export function attend(app: App, desk: Desk): void {
  app.command(COMMAND, async ({ command, ack, context }) => {
    await ack();
    const place = placeOf({ user: command.user_id, channel: command.channel_id }, context, desk);
    const outlet = { kind: 'address' as const, url: command.response_url };
    const line = unescaped(command.text).trim() || 'help';
    await typed(line, { place, outlet, trigger: command.trigger_id }, desk);
  });
  app.shortcut({ type: 'message_action', callback_id: SHORTCUT }, async ({ shortcut, ack, context }) => {
    await ack();
    const form = desk.forms.find(({ messageOption }) => messageOption !== undefined);
    if (shortcut.type !== 'message_action' || form?.messageOption === undefined) return;
    const options = { [form.messageOption]: unescaped(shortcut.message.text ?? '') };
    const place = placeOf({ user: shortcut.user.id, channel: shortcut.channel.id }, context, desk);
    const outlet = { kind: 'address' as const, url: shortcut.response_url };
    await run({ command: form.name, options }, { place, outlet, audience: 'asker' }, desk);
  });
  app.action<BlockAction>(/^/, async ({ body, ack, context }) => {
    await ack();
    await pressed(body, context, desk);
  });
  app.event('app_home_opened', async ({ event, context }) => {
    const { user, channel, tab } = event;
    if (tab === 'home') await showHome(placeOf({ user, channel }, context, desk), desk);
  });
  attendForms(app, desk);
}

function attendForms(app: App, desk: Desk): void {
  app.view({ type: 'view_submission', callback_id: VIEW }, async ({ view, body, ack, context }) => {
    await ack();
    const about = aboutIn(view.private_metadata);
    const press = desk.signer.read(about?.state ?? '');
    if (about === undefined || press === undefined) return;
    const request = { ...press.request, options: optionsIn(view.state.values) };
    const place = placeOf({ user: body.user.id, channel: about.channel }, context, desk);
    const outlet = { kind: 'address' as const, url: about.answerTo ?? '' };
    await run(request, { place, outlet, audience: 'asker' }, desk);
  });
  app.options<'block_suggestion'>({ type: 'block_suggestion' }, async ({ body, ack, context }) => {
    const about = aboutIn(body.view?.private_metadata);
    const press = desk.signer.read(about?.state ?? '');
    if (about === undefined || press === undefined) return ack({ options: [] });
    const given = { ...optionsIn(body.view?.state.values ?? {}), [body.block_id]: body.value };
    const place = placeOf({ user: body.user.id, channel: about.channel }, context, desk);
    const asker = await desk.people.askerAt(place, false);
    const found = await desk.answer.choices({ ...press.request, options: given }, body.block_id, asker);
    await ack({ options: proposed(found, body.value) });
  });
}

function placeOf({ user, channel }: { user: string; channel: string }, context: Context, desk: Desk): Place {
  const team = desk.teamOf(context.teamId);
  const client = desk.clientOf(context.botToken ?? '');
  return { user, channel, client, ...(team === undefined ? {} : { team }) };
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
  const message = await desk.answer.typed(line, asker);
  await tell(message, { ...occasion, audience: form?.audience ?? 'asker' }, desk);
}

/** Whether a form cannot be answered as it stands, or settles several things. */
function asksMuch({ options, managers }: Form): boolean {
  return options.some(({ required }) => required) || (managers && options.length > 1);
}

async function pressed(body: BlockAction, context: Context, desk: Desk): Promise<void> {
  const [action] = body.actions;
  const read = action === undefined ? undefined : pressOf(action, desk.signer);
  const channel = body.channel?.id ?? aboutIn(body.view?.private_metadata)?.channel;
  if (read === undefined || channel === undefined) return;
  const { effect, request } = read;
  const place = placeOf({ user: body.user.id, channel }, context, desk);
  const outlet = outletOf(body);
  if (effect === 'form' && (await opened(request, { place, outlet, trigger: body.trigger_id }, desk))) return;
  const audience = audiences[effect];
  await run(request, { place, outlet, audience }, desk);
}

const audiences = { replace: 'replace', reply: 'asker', publish: 'channel', form: 'asker' } as const;

/** What is pressed in App Home is answered in a view over it, and what is pressed in that view, in its place. */
function outletOf({ view, response_url: url, trigger_id: trigger }: BlockAction): Outlet {
  if (view === undefined) return { kind: 'address', url };
  return view.type === 'home' ? { kind: 'opening', trigger } : { kind: 'view', id: view.id };
}

/** What was pressed or chosen; `undefined` for what we did not make. */
function pressOf(action: BlockAction['actions'][number], signer: Signer) {
  if (action.type === 'button' && action.action_id.startsWith(BUTTON)) return signer.read(action.value ?? '');
  if (action.type !== 'static_select' || !action.action_id.startsWith(MENU)) return undefined;
  const press = signer.read(action.action_id.slice(MENU.length));
  if (press?.option === undefined) return undefined;
  const options = { ...press.request.options, [press.option]: action.selected_option.value };
  return { ...press, request: { ...press.request, options } };
}

/** Opens the form of a request; false when it has nothing to fill in, or Slack opens none any more. */
async function opened(
  request: Request,
  { place, outlet, trigger }: Occasion,
  { forms, signer, people, onWarning }: Desk,
): Promise<boolean> {
  const form = formOf(forms, request);
  const state = signer.sign({ effect: 'form', request: { ...request, options: {} } });
  if (form === undefined || state === undefined || outlet.kind !== 'address') return false;
  const { language } = await people.askerAt(place, false);
  const about: About = { state, channel: place.channel, answerTo: outlet.url };
  const view = viewOf(form, request, language, JSON.stringify(about));
  if (view === undefined) return false;
  try {
    await place.client.views.open({ trigger_id: trigger, view });
    return true;
  } catch (error) {
    onWarning('slack form', error);
    return false;
  }
}

/** What we left with a view; `undefined` where it is not ours. */
function aboutIn(kept: string | undefined): About | undefined {
  if (kept === undefined || !kept.startsWith('{')) return undefined;
  return JSON.parse(kept) as About;
}

async function run(
  request: Request,
  told: { place: Place; outlet: Outlet; audience: Audience },
  desk: Desk,
): Promise<void> {
  const asker = await desk.people.askerAt(told.place, formOf(desk.forms, request)?.managers ?? false);
  await tell(await desk.answer.run(request, asker), told, desk);
}
