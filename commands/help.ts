import { z } from 'zod';
import type { Form } from '../src/form.ts';
import { aMessage, words, type Entry } from '../src/message.ts';
import type { Command } from './command.ts';

/**
 * `/help` lists what can be asked.
 *
 * @param forms - all forms, this command's own included; called when somebody asks
 */
export function help(forms: () => readonly Form[]) {
  const input = z.object({});

  return {
    name: 'help',
    description: 'What can be asked here',
    input,

    async run(_, { speech, zone }) {
      return aMessage({
        title: [words(speech.say('help.title'))],
        blocks: [
          { kind: 'text', line: [words(speech.say('help.intro'))] },
          { kind: 'entries', entries: forms().flatMap((form) => entriesOf(form, speech.language)) },
        ],
        footer: [[words(speech.say('help.when'))], [words(speech.say('zone', { zone }))]],
        language: speech.language,
        zone,
      });
    },
  } satisfies Command<typeof input>;
}

function entriesOf(form: Form, language: string): Entry[] {
  if (form.subcommands.length === 0) return [entryOf(form.name, form, language)];
  return form.subcommands.map((under) => entryOf(`${form.name} ${under.name}`, under, language));
}

function entryOf(name: string, { description, descriptions, options }: Form, language: string): Entry {
  const usage = options.map((option) => (option.required ? ` ${option.name}:…` : ` [${option.name}:…]`));
  return {
    line: [words(`/${name}`, 'strong'), words(usage.join(''), 'quiet')],
    details: [[words(descriptions[language] ?? description)]],
  };
}
