import { z } from 'zod';
import { speechIn, spoken } from '../digests/speech.ts';
import type { Asker } from '../src/form.ts';
import { aMessage, words } from '../src/message.ts';
import type { Queries } from '../src/store/database.ts';
import { findSetting, removeSetting, saveSetting } from '../src/store/settings.ts';
import type { Command } from './command.ts';

const AUTO = 'auto';

const input = z.object({
  language: z
    .enum([AUTO, ...spoken])
    .optional()
    .describe('The language of answers to you; auto follows your chat program'),
});

/** `/language` tells in which language somebody is answered, and lets them choose another. */
export const language = {
  name: 'language',
  description: 'The language in which you are answered',
  input,
  labels: {
    language: (value, speech) => (value === AUTO ? speech.say('language.auto') : speechIn(value).words.name),
  },

  async run({ language: wanted }, { db, asker, speech, zone }) {
    if (wanted === AUTO) await removeSetting(db, settingOf(asker));
    else if (wanted !== undefined) await saveSetting(db, settingOf(asker), wanted);
    const chosen = wanted === undefined ? speech : speechIn(wanted === AUTO ? asker.language : wanted);
    const name = chosen.words.name;
    return aMessage({
      title: [words(chosen.say(wanted === undefined ? 'language.now' : 'language.chosen', { name }))],
      language: chosen.language,
      zone,
    });
  },
} satisfies Command<typeof input>;

/** The language in which somebody is answered: the one they chose, else the one that their platform tells. */
export async function languageOf(asker: Asker, db: Queries): Promise<string> {
  return (await findSetting<string>(db, settingOf(asker))) ?? asker.language;
}

function settingOf({ channel, id }: Asker): string {
  return `language ${channel.platform} ${id}`;
}
