import type { z } from 'zod';
import type { Speech } from '../digests/speech.ts';
import { UserError } from '../src/errors.ts';
import type { Choice, Form, FormOption, Request } from '../src/form.ts';
import type { Command } from './command.ts';
import { isShown, optionsOf } from './forms.ts';

/**
 * Reads the texts of a request as the command's schema wants them. A choice may be given by what it is called, in the
 * asker's language or in English.
 *
 * @throws {UserError} naming the first option that cannot be used, and what it takes
 */
export function readOptions<Input extends z.ZodObject>(
  command: Command<Input>,
  request: Request,
  speech: Speech,
): z.output<Input> {
  const drawn = optionsOf(command, command.name);
  const stray = Object.keys(request.options).find((name) => !drawn.some((option) => option.name === name));
  if (stray !== undefined)
    throw new UserError(strayOption(stray, { name: command.name, options: drawn }, speech));

  const given = drawn.flatMap((option) => {
    const text = request.options[option.name]?.trim() ?? '';
    return text === '' ? [] : [[option.name, valueOf(text, option, speech)] as const];
  });
  const result = command.input.safeParse(Object.fromEntries(given));
  if (result.success) return result.data;

  const name = String(result.error.issues[0]?.path[0] ?? '');
  const option = drawn.find((known) => known.name === name);
  throw new UserError(whatItTakes(name, option, request.options[name], speech));
}

/** Says that a command has no such option, and which it has. */
export function strayOption(
  name: string,
  { name: command, options }: Pick<Form, 'name' | 'options'>,
  speech: Speech,
): string {
  const shown = options.filter(isShown).map((option) => option.name);
  if (shown.length === 0) return speech.say('error.noOptions', { name: command });
  return speech.say('error.option', { name, command, options: shown.join(', ') });
}

/** The fixed choices of an option that hold what was typed. */
export function choicesLike(typed: string, option: string, command: Command, speech: Speech): Choice[] {
  const drawn = optionsOf(command, command.name).find(({ name }) => name === option);
  const wanted = folded(typed);
  return (drawn?.choices ?? []).filter((choice) =>
    namesOf(choice, speech).some((name) => folded(name).includes(wanted)),
  );
}

function valueOf(text: string, { type, choices }: FormOption, speech: Speech): string | number | boolean {
  if (type === 'integer') return Number(text);
  if (type === 'boolean') return ['true', 'yes', 'on', '1', folded(speech.say('yes'))].includes(folded(text));
  const wanted = folded(text);
  const meant = choices.find((choice) => namesOf(choice, speech).some((name) => folded(name) === wanted));
  return meant?.value ?? text;
}

function namesOf({ value, label, labels = {} }: Choice, { language }: Speech): string[] {
  return [value, label, labels[language] ?? label];
}

function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
}

function whatItTakes(
  name: string,
  option: FormOption | undefined,
  given: string | undefined,
  speech: Speech,
): string {
  const value = (given ?? '').trim();
  if (value === '' || option === undefined) return speech.say('error.missing', { name });
  if (option.choices.length > 0) {
    const choices = option.choices.map((choice) => choice.labels?.[speech.language] ?? choice.label);
    return speech.say('error.choice', { name, value, choices: choices.join(', ') });
  }
  if (option.type === 'integer') {
    return speech.say('error.number', { name, value, least: option.least ?? 0, most: option.most ?? 0 });
  }
  return speech.say('error.value', { name, value });
}
