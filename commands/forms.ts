import { z } from 'zod';
import { speechIn, spoken, type Speech } from '../digests/speech.ts';
import type { Choice, Form, FormOption } from '../src/form.ts';
import type { Command, Group } from './command.ts';

/** What a schema says about one option, as JSON Schema; `draws` is ours, set with `.meta({ draws: 'channel' })`. */
interface Property {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly draws?: FormOption['type'];
  /** Ours too: where its descriptions in other languages stand, when that is with another command. */
  readonly as?: string;
  /** Ours too: an option that only buttons use. */
  readonly hidden?: boolean;
}

/** An option as the commands know it: `hidden` ones are for buttons, and no form shows them. */
export type OwnOption = FormOption & { readonly hidden?: true };

/** Draws a command's form from its schema, with the words of every language that is spoken. */
export function formOf(command: Command | Group): Form {
  return formWith(command, (options) => options.filter(isShown));
}

/** The form with its hidden options too, for reading what was typed after a button. */
export function wholeFormOf(command: Command | Group): Form {
  return formWith(command, (options) => options);
}

/** Tells whether people see an option. */
export function isShown(option: OwnOption): boolean {
  return option.hidden !== true;
}

type Choose = (options: readonly OwnOption[]) => readonly OwnOption[];

function formWith(command: Command | Group, choose: Choose): Form {
  if (!('commands' in command)) return drawn(command, command.name, choose);
  const subcommands = command.commands.map((under) => drawn(under, `${command.name} ${under.name}`, choose));
  const managers = subcommands.every((under) => under.managers);
  return { ...named(command, command.name), options: [], subcommands, audience: 'asker', managers };
}

function drawn(command: Command, path: string, choose: Choose): Form {
  const { audience = 'asker', managers = false, messageOption } = command;
  return {
    ...named(command, path),
    options: choose(optionsOf(command, path)),
    subcommands: [],
    audience,
    managers,
    ...(messageOption !== undefined && { messageOption, messageNames: namesIn('commandNames', 'message') }),
  };
}

function named({ name, description }: Command | Group, path: string) {
  return { name, names: namesIn('commandNames', path), description, descriptions: translations(path) };
}

/** All options of a command; `path` finds their translations. */
export function optionsOf({ input, completions = {}, labels = {} }: Command, path: string): OwnOption[] {
  const schema = z.toJSONSchema(input, { io: 'input' });
  const required = new Set(schema.required);
  return Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const { type, enum: values, description = '', minimum, maximum } = property as Property;
    const { draws, hidden, as = `${path}.${name}` } = property as Property;
    return {
      name,
      names: namesIn('optionNames', name),
      description,
      descriptions: translations(as),
      type: draws ?? (type === 'integer' || type === 'boolean' ? type : 'text'),
      required: required.has(name),
      choices: (values ?? []).map((value) => choiceOf(value, labels[name] ?? itself)),
      completes: name in completions,
      ...(minimum !== undefined && { least: minimum }),
      ...(maximum !== undefined && { most: maximum }),
      ...(hidden === true && { hidden }),
    };
  });
}

function choiceOf(value: string, label: (value: string, speech: Speech) => string): Choice {
  const labels = foreignSpeeches().map((speech) => [speech.language, label(value, speech)] as const);
  return { value, label: label(value, speechIn('en')), labels: Object.fromEntries(labels) };
}

function translations(path: string): Record<string, string> {
  const found = foreignSpeeches().flatMap(({ language, words }) => {
    const text = words.commands[path];
    return text === undefined ? [] : [[language, text] as const];
  });
  return Object.fromEntries(found);
}

/** What something is called in every language that has a name for it. */
function namesIn(list: 'commandNames' | 'optionNames', name: string): Record<string, string> {
  const found = spoken.flatMap((language) => {
    const own = speechIn(language).words[list]?.[name];
    return own === undefined ? [] : [[language, own] as const];
  });
  return Object.fromEntries(found);
}

function foreignSpeeches(): Speech[] {
  return spoken.filter((language) => language !== 'en').map(speechIn);
}

function itself(value: string): string {
  return value;
}
