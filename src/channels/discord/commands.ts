import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  Locale,
  PermissionFlagsBits,
} from 'discord.js';
import type {
  APIApplicationCommandBasicOption,
  APIApplicationCommandOption,
  RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';
import type { Choice, Form, FormOption } from '../../form.ts';

/** Name of the command on messages, as people find it in the menu. */
export const MESSAGE_COMMAND = 'Find event';

/** Channels that a digest can be posted to. */
const POSTABLE = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
  ChannelType.PublicThread,
  ChannelType.AnnouncementThread,
] as const;

/** Discord's locales for a language of ours where it has several for one, or calls it otherwise. */
const localesOf: Readonly<Record<string, readonly Locale[]>> = {
  es: [Locale.SpanishES, Locale.SpanishLATAM],
  pt: [Locale.PortugueseBR],
  sv: [Locale.Swedish],
  zh: [Locale.ChineseCN, Locale.ChineseTW],
};
const locales = new Map<string, Locale>(Object.values(Locale).map((locale) => [locale, locale]));

/** What Discord is told of our forms: one command each, and one on messages. */
export function discordCommands(forms: readonly Form[]): RESTPostAPIApplicationCommandsJSONBody[] {
  const onMessages = messageForm(forms);
  return [...forms.map(chatCommand), ...(onMessages === undefined ? [] : [messageCommand(onMessages)])];
}

/** The form that the command on messages fills in: the first that takes the text of one. */
export function messageForm(forms: readonly Form[]): Form | undefined {
  return forms.find(({ messageOption }) => messageOption !== undefined);
}

function chatCommand(form: Form): RESTPostAPIApplicationCommandsJSONBody {
  return {
    type: ApplicationCommandType.ChatInput,
    ...named(form),
    options: form.subcommands.length > 0 ? form.subcommands.map(subcommand) : form.options.map(optionOf),
    ...placesOf(form),
  };
}

function messageCommand(form: Form): RESTPostAPIApplicationCommandsJSONBody {
  return {
    type: ApplicationCommandType.Message,
    name: MESSAGE_COMMAND,
    name_localizations: localised(form.messageNames),
    ...placesOf(form),
  };
}

/** Look-ups come along wherever whoever installed them writes; what only managers may do belongs to a server. */
function placesOf({ managers }: Form) {
  const { GuildInstall, UserInstall } = ApplicationIntegrationType;
  const { Guild, BotDM, PrivateChannel } = InteractionContextType;
  return {
    default_member_permissions: managers ? String(PermissionFlagsBits.ManageChannels) : null,
    integration_types: managers ? [GuildInstall] : [GuildInstall, UserInstall],
    contexts: managers ? [Guild] : [Guild, BotDM, PrivateChannel],
  };
}

function subcommand(form: Form): APIApplicationCommandOption {
  return {
    type: ApplicationCommandOptionType.Subcommand,
    ...named(form),
    options: form.options.map(optionOf),
  };
}

function optionOf(option: FormOption): APIApplicationCommandBasicOption {
  const shared = { ...named(option), required: option.required };
  switch (option.type) {
    case 'channel':
      return { ...shared, type: ApplicationCommandOptionType.Channel, channel_types: [...POSTABLE] };
    case 'role':
      return { ...shared, type: ApplicationCommandOptionType.Role };
    case 'boolean':
      return { ...shared, type: ApplicationCommandOptionType.Boolean };
    case 'integer':
      return {
        ...shared,
        type: ApplicationCommandOptionType.Integer,
        ...(option.least === undefined ? {} : { min_value: option.least }),
        ...(option.most === undefined ? {} : { max_value: option.most }),
      };
    case 'text':
      return option.completes
        ? { ...shared, type: ApplicationCommandOptionType.String, autocomplete: true }
        : { ...shared, type: ApplicationCommandOptionType.String, choices: option.choices.map(choiceOf) };
  }
}

function named({ name, names, description, descriptions }: Form | FormOption) {
  return {
    name,
    name_localizations: localised(names),
    description,
    description_localizations: localised(descriptions),
  };
}

function choiceOf({ value, label, labels }: Choice) {
  return { name: label, value, name_localizations: localised(labels) };
}

function localised(texts: Readonly<Record<string, string>> = {}): Partial<Record<Locale, string>> {
  const pairs = Object.entries(texts).flatMap(([language, text]) => {
    const own = localesOf[language] ?? [locales.get(language) ?? []].flat();
    return own.map((locale) => [locale, text] as const);
  });
  return Object.fromEntries(pairs);
}
