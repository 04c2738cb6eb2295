import { setTimeout } from 'node:timers/promises';
import { type GuildMember, MessageFlags, PermissionsBitField } from 'discord.js';
import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  CommandInteractionOption,
  Interaction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  RepliableInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import { PostError } from '../../errors.ts';
import type { Asker, Form, Request } from '../../form.ts';
import type { Message } from '../../message.ts';
import type { Answer } from '../platform.ts';
import { shorten } from '../shorten.ts';
import type { Press, Signer } from '../signer.ts';
import { messageForm } from './commands.ts';
import { postErrorOf } from './failures.ts';
import { filledIn, modalFor } from './modals.ts';
import { renderDiscord } from './rendering/render.ts';

const MOST_CHOICES = 25;
const LONGEST_CHOICE = 100;
/** Any of these lets somebody decide what is posted (administrators have all). */
const MANAGING = ['ManageGuild', 'ManageChannels'] as const;
/** Waits before an answer is put in place again. */
const WAITS_MS = [500, 2000];

/** What answering needs. */
export interface Desk {
  readonly forms: readonly Form[];
  readonly answer: Answer;
  readonly signer: Signer;
}

/**
 * Answers one interaction. Acknowledges before anything else, as Discord gives three seconds; the answer itself may take
 * up to fifteen minutes.
 */
export async function answerInteraction(interaction: Interaction, desk: Desk): Promise<void> {
  if (interaction.isAutocomplete()) return complete(interaction, desk);
  if (interaction.isChatInputCommand()) return command(interaction, desk);
  if (interaction.isMessageContextMenuCommand()) return messageCommand(interaction, desk);
  if (interaction.isButton() || interaction.isStringSelectMenu()) return press(interaction, desk);
  if (interaction.isModalSubmit()) return submit(interaction, desk);
}

async function complete(interaction: AutocompleteInteraction, { answer, forms }: Desk): Promise<void> {
  const { name } = interaction.options.getFocused(true);
  const found = await answer.choices(requestOf(interaction, forms), name, askerOf(interaction));
  const usable = found.filter(({ label, value }) => label.trim() !== '' && value.length <= LONGEST_CHOICE);
  const choices = usable.map(({ label, value }) => ({ name: shorten(label, LONGEST_CHOICE), value }));
  await interaction.respond(choices.slice(0, MOST_CHOICES));
}

async function command(interaction: ChatInputCommandInteraction, desk: Desk): Promise<void> {
  const request = requestOf(interaction, desk.forms);
  await reply(interaction, desk, request, formOf(desk.forms, request)?.audience ?? 'asker');
}

async function messageCommand(interaction: MessageContextMenuCommandInteraction, desk: Desk): Promise<void> {
  const form = messageForm(desk.forms);
  if (form?.messageOption === undefined) return;
  const options = { [form.messageOption]: textOf(interaction) };
  await reply(interaction, desk, { command: form.name, options }, 'asker');
}

/** A message's words and its first link, which says best what it is about. */
function textOf({ targetMessage }: MessageContextMenuCommandInteraction): string {
  const link = targetMessage.embeds.flatMap(({ url }) => url ?? []);
  return [targetMessage.content, ...link].join(' ').trim();
}

async function press(
  interaction: ButtonInteraction | StringSelectMenuInteraction,
  desk: Desk,
): Promise<void> {
  const read = desk.signer.read(interaction.customId);
  if (read === undefined) return void (await interaction.deferUpdate());
  const request = withChoice(read, interaction);
  switch (read.effect) {
    case 'replace': {
      await interaction.deferUpdate();
      const message = await desk.answer.run(request, askerOf(interaction));
      await show(interaction, message, desk);
      return;
    }
    case 'reply':
      return reply(interaction, desk, request, 'asker');
    case 'publish':
      return reply(interaction, desk, request, 'channel');
    case 'form':
      await interaction.showModal(modalFor(request, formOf(desk.forms, request), desk.signer));
      return undefined;
  }
}

function withChoice(
  { request, option }: Press,
  interaction: ButtonInteraction | StringSelectMenuInteraction,
): Request {
  const [chosen] = interaction.isStringSelectMenu() ? interaction.values : [];
  if (option === undefined || chosen === undefined) return request;
  return { ...request, options: { ...request.options, [option]: chosen } };
}

async function submit(interaction: ModalSubmitInteraction, desk: Desk): Promise<void> {
  const read = desk.signer.read(interaction.customId);
  if (read === undefined) return void (await interaction.deferUpdate());
  const options = { ...read.request.options, ...filledIn(interaction) };
  const request = unlessEverybody(
    { ...read.request, options },
    formOf(desk.forms, read.request),
    interaction,
  );
  await reply(interaction, desk, request, 'asker');
}

async function reply(
  interaction: RepliableInteraction,
  desk: Desk,
  request: Request,
  audience: Form['audience'],
): Promise<void> {
  await interaction.deferReply(audience === 'asker' ? { flags: MessageFlags.Ephemeral } : {});
  const message = await desk.answer.run(request, askerOf(interaction));
  await show(interaction, message, desk);
}

/** Puts an answer where the acknowledgement stands; what does not fit follows it. */
async function show(interaction: RepliableInteraction, message: Message, desk: Desk): Promise<void> {
  const [first, ...others] = renderDiscord(message, desk.signer);
  if (first === undefined) return;
  const flags = MessageFlags.IsComponentsV2 as const;
  const { components, allowedMentions, files } = first;
  await again(() => interaction.editReply({ components, allowedMentions, files, flags }));
  const isPrivate = interaction.ephemeral === true;
  for (const part of others) {
    const alone = isPrivate ? ([MessageFlags.Ephemeral] as const) : [];
    await interaction.followUp({ ...part, flags: [MessageFlags.IsComponentsV2, ...alone] });
  }
}

function formOf(forms: readonly Form[], { command: name, subcommand }: Request): Form | undefined {
  const form = forms.find((candidate) => candidate.name === name);
  return subcommand === undefined
    ? form
    : form?.subcommands.find((candidate) => candidate.name === subcommand);
}

function requestOf(
  interaction: ChatInputCommandInteraction | AutocompleteInteraction,
  forms: readonly Form[],
): Request {
  const subcommand = interaction.options.getSubcommand(false);
  const given = subcommand === null ? interaction.options.data : (interaction.options.data[0]?.options ?? []);
  const options = Object.fromEntries(given.map(({ name, value }) => [name, String(value ?? '')]));
  const request = {
    command: interaction.commandName,
    ...(subcommand === null ? {} : { subcommand }),
    options,
  };
  return unlessEverybody(request, formOf(forms, request), interaction);
}

/** A request, the role of everybody by its name: its id is that of the server, and on old servers of a channel too. */
function unlessEverybody(
  request: Request,
  form: Form | undefined,
  { guildId }: Pick<Interaction, 'guildId'>,
): Request {
  const roles = new Set(form?.options.filter(({ type }) => type === 'role').map(({ name }) => name));
  const named = Object.entries(request.options).map(([name, value]) => [
    name,
    roles.has(name) && value === guildId ? '@everyone' : value,
  ]);
  return { ...request, options: Object.fromEntries(named) };
}

function askerOf(interaction: Interaction): Asker {
  return {
    channel: { platform: 'discord', address: interaction.channelId ?? '' },
    id: interaction.user.id,
    language: interaction.locale,
    manages: manages(interaction),
  };
}

/** Whether somebody may manage where they ask, and every channel that they name. */
function manages(interaction: Interaction): boolean {
  if (interaction.guildId === null) return true;
  const here = interaction.memberPermissions?.any(MANAGING) === true;
  const named = interaction.isChatInputCommand() ? channelsNamed(interaction) : [];
  return here && named.every((channel) => managesChannel(channel, interaction.member));
}

function managesChannel(channel: NamedChannel, member: Interaction['member']): boolean {
  if ('permissions' in channel && typeof channel.permissions === 'string')
    return new PermissionsBitField(BigInt(channel.permissions)).any(MANAGING);
  if (!('permissionsFor' in channel) || member === null) return false;
  return channel.permissionsFor(member as GuildMember).any(MANAGING);
}

function channelsNamed({ options }: ChatInputCommandInteraction): NamedChannel[] {
  const given = options.data.flatMap((option) => [option, ...(option.options ?? [])]);
  return given.flatMap(({ channel }) => channel ?? []);
}

type NamedChannel = NonNullable<CommandInteractionOption['channel']>;

/** Does again what can be done twice without harm, when Discord did not answer or was out of order. */
async function again<Result>(work: () => Promise<Result>): Promise<Result> {
  for (const waitMs of WAITS_MS) {
    try {
      return await work();
    } catch (error) {
      const failure = postErrorOf(error);
      if (!(failure instanceof PostError) || failure.reason !== 'unknown') throw error;
      await setTimeout(waitMs);
    }
  }
  return work();
}
