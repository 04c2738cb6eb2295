import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ChannelType,
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
] as const;

/** Discord's locales for a language of ours; where it has several for one, all of them. */
const locales: Readonly<Record<string, readonly Locale[]>> = {
  fr: [Locale.French],
  de: [Locale.German],
  es: [Locale.SpanishES, Locale.SpanishLATAM],
  uk: [Locale.Ukrainian],
  ru: [Locale.Russian],
  ko: [Locale.Korean],
  ja: [Locale.Japanese],
  it: [Locale.Italian],
  pl: [Locale.Polish],
  zh: [Locale.ChineseCN, Locale.ChineseTW],
};

/** What Discord is told of our forms: one command each, and one on messages for each form that takes a message's text. */
export function discordCommands(forms: readonly Form[]): RESTPostAPIApplicationCommandsJSONBody[] {
  return [
    ...forms.map(chatCommand),
    ...forms.filter(({ messageOption }) => messageOption !== undefined).map(messageCommand),
  ];
}

function chatCommand(form: Form): RESTPostAPIApplicationCommandsJSONBody {
  return {
    type: ApplicationCommandType.ChatInput,
    name: form.name,
    description: form.description,
    description_localizations: localised(form.descriptions),
    options: form.subcommands.length > 0 ? form.subcommands.map(subcommand) : form.options.map(optionOf),
    default_member_permissions: form.managers ? String(PermissionFlagsBits.ManageGuild) : null,
  };
}

function messageCommand(form: Form): RESTPostAPIApplicationCommandsJSONBody {
  return {
    type: ApplicationCommandType.Message,
    name: MESSAGE_COMMAND,
    default_member_permissions: form.managers ? String(PermissionFlagsBits.ManageGuild) : null,
  };
}

function subcommand(form: Form): APIApplicationCommandOption {
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name: form.name,
    description: form.description,
    description_localizations: localised(form.descriptions),
    options: form.options.map(optionOf),
  };
}

function optionOf(option: FormOption): APIApplicationCommandBasicOption {
  const shared = {
    name: option.name,
    description: option.description,
    description_localizations: localised(option.descriptions),
    required: option.required,
  };
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

function choiceOf({ value, label, labels }: Choice) {
  return { name: label, value, name_localizations: localised(labels ?? {}) };
}

function localised(texts: Readonly<Record<string, string>>): Partial<Record<Locale, string>> {
  const pairs = Object.entries(texts).flatMap(([language, text]) =>
    (locales[language] ?? []).map((locale) => [locale, text] as const),
  );
  return Object.fromEntries(pairs);
}
