import {
  type APIEmbed,
  type APIMessageTopLevelComponent,
  type Channel,
  type Client,
  ComponentType,
  MessageFlags,
  RESTJSONErrorCodes,
  roleMention,
  Routes,
} from 'discord.js';
import { PostError } from '../../../errors.ts';
import type { Form } from '../../../form.ts';
import type { Message } from '../../../message.ts';
import type { Posting } from '../../platform.ts';
import type { Signer } from '../../signer.ts';
import type { Crossposter } from './crosspost.ts';
import { renderEmbed } from '../rendering/fallback.ts';
import { isCode, isUnauthorised, postErrorOf } from '../failures.ts';
import { type Mark, markOf } from './marks.ts';
import { channelOf, firstPlace, isForum, nameOf, placeOf, tagsFor, titleOf } from './places.ts';
import { type Rendered, renderDiscord } from '../rendering/render.ts';

/** What posting needs. */
export interface Desk {
  readonly client: Client;
  readonly token: string;
  readonly signer: Signer;
  readonly crossposter: Crossposter;
  readonly onFault: (what: string, error: unknown) => void;
  /** Names of kinds are found in them. */
  readonly forms: () => readonly Form[];
}

/** What is sent as a message. */
interface Body {
  readonly components: readonly APIMessageTopLevelComponent[];
  readonly embeds?: readonly APIEmbed[];
  readonly flags: number;
  readonly allowed_mentions: { readonly parse: []; readonly roles: readonly string[] };
  readonly attachments: readonly { readonly id: string; readonly filename: string }[];
}

/** One part of a post on its way. */
interface Part {
  readonly address: string;
  readonly rendered: Rendered;
  readonly message: Message;
  readonly posting: Posting;
  readonly index: number;
  readonly mark: Mark;
}

/**
 * Posts a message, in several parts where it is long.
 *
 * @param arrived - where parts stand that an earlier attempt posted, by their place; what arrives now is added
 * @returns where each part stands, as `place:message`, or `message` alone where its place is the address
 * @throws {PostError}
 */
export async function post(
  desk: Desk,
  address: string,
  wish: {
    readonly message: Message;
    readonly posting: Posting;
    readonly arrived: Map<number, string>;
  },
): Promise<string> {
  const { message, posting, arrived } = wish;
  const parts = renderDiscord(message, desk.signer);
  return told(desk, async () => {
    let place = await placeOf(desk.client, address, posting.thread, message);
    const posted: string[] = [];
    for (const [index, rendered] of parts.entries()) {
      const mark = markOf(posting.key, index, index === parts.length - 1);
      const part = { address, rendered, message, posting, index, mark };
      const name = arrived.get(index) ?? (await send(desk, place, part));
      posted.push(name);
      arrived.set(index, name);
      if (isForum(place)) place = await channelOf(desk.client, firstPlace(name));
    }
    return posted.join(' ');
  });
}

/** Replaces a post part by part; parts that the new text no longer needs go, and it never takes more. */
export async function edit(desk: Desk, address: string, posted: string, message: Message): Promise<void> {
  const names = posted.split(' ');
  const parts = renderDiscord(message, desk.signer, names.length);
  await told(desk, async () => {
    for (const [index, name] of names.entries()) {
      const [first = '', second] = name.split(':');
      const [place, id] = second === undefined ? [address, first] : [first, second];
      await rewrite(desk, { place, id }, { message, rendered: parts[index] });
    }
  });
}

/**
 * What Discord answers; its refusals become our own. After one answer of 401 the library forgets the token, and Discord has
 * been seen to take the same token at once again.
 */
export async function told<Result>(
  { client, token }: Pick<Desk, 'client' | 'token'>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isUnauthorised(error)) throw postErrorOf(error);
    client.rest.setToken(token);
    const isTaken = await client.rest.get(Routes.user()).then(
      () => true,
      (again: unknown) => !isUnauthorised(again),
    );
    client.rest.setToken(token);
    if (!isTaken) throw postErrorOf(error);
    throw new PostError('Discord did not take the token for once', { reason: 'busy', cause: error });
  }
}

/** Sends one part, as an embed when Discord refuses its components; returns its name. */
async function send(desk: Desk, place: Channel, part: Part): Promise<string> {
  const { rendered } = part;
  const files = rendered.files.map(({ name, attachment: data }) => ({ name, data }));
  const tags = tagsFor(place, part.message, desk.forms());
  try {
    return await deliver(desk, place, { part, body: bodyOf(part), files, tags });
  } catch (error) {
    if (!isCode(error, RESTJSONErrorCodes.InvalidFormBodyOrContentType)) throw error;
    desk.onFault('discord refused components', error);
    return deliver(desk, place, { part, body: plainBodyOf(part), files: [], tags: [] });
  }
}

interface Parcel {
  readonly part: Part;
  readonly body: Body;
  readonly files: readonly { readonly name: string; readonly data: Buffer }[];
  readonly tags: readonly string[];
}

async function deliver(desk: Desk, place: Channel, { part, body, files, tags }: Parcel): Promise<string> {
  const { rest } = desk.client;
  const along = files.length === 0 ? {} : { files: [...files] };
  if (isForum(place)) {
    const thread = { name: titleOf(part.message), message: body, applied_tags: tags };
    const opened = idOf(await rest.post(Routes.threads(place.id), { body: thread, ...along }));
    return nameOf(part.address, opened, opened);
  }
  const marked = { ...body, nonce: part.mark.nonce, enforce_nonce: true };
  const id = idOf(await rest.post(Routes.channelMessages(place.id), { body: marked, ...along }));
  await desk.crossposter.sendOn(place, id);
  return nameOf(part.address, place.id, id);
}

function idOf(posted: unknown): string {
  return (posted as { readonly id: string }).id;
}

function bodyOf(part: Part): Body {
  const { rendered, posting, mark } = part;
  const [container, ...rows] = rendered.components;
  const call = callOf(part).map((content) => ({ type: ComponentType.TextDisplay as const, content }));
  return {
    components: [...call, ...(container === undefined ? [] : [{ ...container, id: mark.number }]), ...rows],
    flags: MessageFlags.IsComponentsV2 | quietFlag(posting),
    attachments: rendered.files.map(({ name }, id) => ({ id: String(id), filename: name })),
    ...mentions(part),
  };
}

/** The older form of a part. All of the text is in the first. */
function plainBodyOf(part: Part): Body & { readonly content: string } {
  const embed = renderEmbed(part.message);
  return {
    content: callOf(part).join(''),
    embeds: [{ ...embed, footer: { text: `Tumen ${part.mark.number}` } }],
    components: part.rendered.components.slice(1),
    flags: quietFlag(part.posting),
    attachments: [],
    ...mentions(part),
  };
}

function callOf({ posting: { mention }, index }: Part): string[] {
  return mention === undefined || index > 0 ? [] : [roleMention(mention)];
}

function mentions(part: Part): Pick<Body, 'allowed_mentions'> {
  const { mention } = part.posting;
  const isCalled = mention !== undefined && callOf(part).length > 0;
  return { allowed_mentions: { parse: [], roles: isCalled ? [mention] : [] } };
}

function quietFlag({ silent }: Posting): number {
  return silent === true ? MessageFlags.SuppressNotifications : 0;
}

/** Replaces one part; opens its thread again where that is archived, and keeps to embeds where it was posted so. */
async function rewrite(
  { client: { rest } }: Desk,
  { place, id }: { readonly place: string; readonly id: string },
  { message, rendered }: { readonly message: Message; readonly rendered: Rendered | undefined },
): Promise<void> {
  const route = Routes.channelMessage(place, id);
  const put = (body: object) => rest.patch(route, { body: { ...body, allowed_mentions: { parse: [] } } });
  const change = async () => {
    if (rendered === undefined) return void (await rest.delete(route));
    const { components } = rendered;
    try {
      await put({ components, flags: MessageFlags.IsComponentsV2 });
    } catch (error) {
      if (!isCode(error, RESTJSONErrorCodes.InvalidFormBodyOrContentType)) throw error;
      await put({ embeds: [renderEmbed(message)], components: components.slice(1) });
    }
  };
  try {
    await change();
  } catch (error) {
    if (!isCode(error, RESTJSONErrorCodes.InvalidActionOnArchivedThread)) throw error;
    await rest.patch(Routes.channel(place), { body: { archived: false } });
    await change();
  }
}
