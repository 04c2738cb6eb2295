import { speechIn } from '../digests/speech.ts';
import type { Answer } from '../src/channels/platform.ts';
import { UserError } from '../src/errors.ts';
import type { Asker, Choice, Form, Request } from '../src/form.ts';
import { aMessage, foreign, type Message } from '../src/message.ts';
import { isZone } from '../src/time.ts';
import type { Command, Context, Group } from './command.ts';
import { narrowed } from './facets.ts';
import { wholeFormOf } from './forms.ts';
import { languageOf } from './language.ts';
import { choicesLike, readOptions, strayOption } from './options.ts';
import { readTyped, type Typed } from './typed.ts';

const MOST_CHOICES = 25;

/** What answering takes beside the commands. */
export interface Desk extends Pick<Context, 'db' | 'clock' | 'topic' | 'web' | 'articles' | 'post'> {
  readonly commands: readonly (Command | Group)[];
  /** IANA zone of askers whose platform does not tell theirs. */
  readonly zone: string;
  /** Told once of each answer, and of each defect with its cause. */
  readonly log: {
    info(fields: object, message: string): void;
    error(fields: object, message: string): void;
  };
}

/**
 * Answers people for platforms. There is always an answer: a message, a sentence that says what the asker could change, or,
 * for a defect, an apology while the cause goes to the log.
 */
export function makeAnswer(desk: Desk): Answer {
  const forms = desk.commands.map(wholeFormOf);
  return {
    run: (request, asker) => answer(narrowed(request), asker, desk),
    async typed(line, asker) {
      const typed = readTyped(line, forms);
      if (typed.kind === 'request') return answer(typed.request, asker, desk);
      const context = await contextOf({ command: '', options: {} }, asker, desk);
      return problem(whyNot(typed, forms, context), context);
    },
    choices: async (request, option, asker) => propose(option, await contextOf(request, asker, desk), desk),
  };
}

async function answer(request: Request, asker: Asker, desk: Desk): Promise<Message> {
  const context = await contextOf(request, asker, desk);
  const fields = { command: nameOf(request), platform: asker.channel.platform };
  const begun = desk.clock().getTime();
  try {
    const message = await run(context, desk);
    desk.log.info({ ...fields, ms: desk.clock().getTime() - begun }, 'command answered');
    return message;
  } catch (error) {
    if (error instanceof UserError) {
      desk.log.info({ ...fields, ms: desk.clock().getTime() - begun }, 'command refused');
      return problem(error.message, context);
    }
    desk.log.error({ ...fields, err: error }, 'command failed');
    return problem(context.speech.say('error.defect'), context);
  }
}

async function run(context: Context, desk: Desk): Promise<Message> {
  const { request, asker, speech } = context;
  const command = findCommand(request, desk.commands);
  if (command === undefined) throw new UserError(speech.say('error.command', { name: nameOf(request) }));
  if (command.managers === true && !asker.manages) throw new UserError(speech.say('error.right'));
  return command.run(readOptions(command, request, speech), context);
}

async function propose(option: string, context: Context, desk: Desk): Promise<readonly Choice[]> {
  const { request, speech } = context;
  try {
    const command = findCommand(request, desk.commands);
    if (command === undefined) return [];
    const typed = request.options[option] ?? '';
    const proposed =
      (await command.completions?.[option]?.(typed, context)) ?? choicesLike(typed, option, command, speech);
    return proposed.slice(0, MOST_CHOICES);
  } catch (error) {
    desk.log.error({ command: nameOf(request), option, err: error }, 'choices failed');
    return [];
  }
}

async function contextOf(request: Request, asker: Asker, { zone, ...desk }: Desk): Promise<Context> {
  const own = asker.zone !== undefined && isZone(asker.zone) ? asker.zone : zone;
  const { db, clock, topic, web, articles, post, log } = desk;
  const language = await languageOf(asker, db).catch((error: unknown) => {
    log.error({ err: error }, 'language not found');
    return asker.language;
  });
  return { db, clock, topic, web, articles, post, asker, zone: own, speech: speechIn(language), request };
}

function findCommand(request: Request, commands: Desk['commands']): Command | undefined {
  const found = commands.find(({ name }) => name === request.command);
  if (found === undefined || !('commands' in found)) return found;
  return found.commands.find(({ name }) => name === request.subcommand);
}

function nameOf({ command, subcommand }: Request): string {
  return subcommand === undefined ? command : `${command} ${subcommand}`;
}

function problem(sentence: string, { speech, zone }: Context): Message {
  // The sentence may quote what the asker typed.
  return aMessage({ title: [foreign(sentence)], tone: 'problem', language: speech.language, zone });
}

function whyNot(
  typed: Exclude<Typed, { kind: 'request' }>,
  forms: readonly Form[],
  { speech }: Context,
): string {
  if (typed.kind === 'no-option') return strayOption(typed.name, typed.form, speech);
  if (typed.kind === 'no-subcommand') {
    const { name, subcommands } = typed.form;
    return speech.say('error.subcommand', { name, subcommands: listed(subcommands) });
  }
  const commands = listed(forms);
  return typed.kind === 'empty'
    ? speech.say('error.empty', { commands })
    : speech.say('error.typed', { name: typed.name, commands });
}

function listed(forms: readonly Form[]): string {
  return forms.map(({ name }) => name).join(', ');
}
