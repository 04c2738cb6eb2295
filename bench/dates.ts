/**
 * Language: what normalising a text, cutting it into sentences, and reading its language, dates and quantities
 * cost, for texts of 3,800 characters in each language with a date about every 250 characters and a quantity
 * in every line: more of both than news has.
 *
 *     node bench/dates.ts
 */
import { findDates } from '../src/language/dates.ts';
import { detectLanguage } from '../src/language/detect.ts';
import { normalise } from '../src/language/normalise.ts';
import { findQuantities } from '../src/language/numbers.ts';
import { sentencesOf } from '../src/language/sentences.ts';
import { parseDay } from '../src/time.ts';
import { dateRows } from '../test/date-rows.ts';
import { quantityRows } from '../test/quantity-rows.ts';

const CHARACTERS = 3800;
const ROUNDS = 30;
const published = parseDay('2024-10-20');

const phrasesOf = (table: string, column: number, mark: string) =>
  table
    .trim()
    .split('\n')
    .map((row) => row.split(mark)[column]?.trim() ?? '');

/** One phrase with a date, then some with a quantity. */
const texts = Object.entries(dateRows).map(([language, table]) => {
  const quantities = phrasesOf(quantityRows[language] ?? '', 0, '→');
  const lines = phrasesOf(table, 1, '|').flatMap((date, index) => [
    date,
    ...Array.from({ length: 8 }, (_, turn) => quantities[(index * 8 + turn) % quantities.length] ?? ''),
  ]);
  const page = `${lines.join('.\n')}.\n`;
  return { language, text: page.repeat(Math.ceil(CHARACTERS / page.length)).slice(0, CHARACTERS) };
});

const steps: Readonly<Record<string, (text: string, language: string) => unknown>> = {
  normalise: (text) => normalise(text),
  sentences: (text) => sentencesOf(text),
  language: (text) => detectLanguage(text),
  dates: (text, language) => findDates(text, { language, published }),
  quantities: (text, language) => findQuantities(text, language),
};

/** Processor time, so that other work on the machine does not count. */
const milliseconds = (work: () => void): number => {
  const { user, system } = process.cpuUsage();
  work();
  const used = process.cpuUsage({ user, system });
  return (used.user + used.system) / 1000;
};

for (const [name, step] of Object.entries(steps)) {
  const costs = texts.map(({ language, text }) => {
    const rounds = () => {
      for (let round = 0; round < ROUNDS; round++) step(text, language);
    };
    rounds();
    return { language, each: milliseconds(rounds) / ROUNDS };
  });
  const mean = costs.reduce((sum, { each }) => sum + each, 0) / costs.length;
  const slowest = costs.reduce((a, b) => (b.each > a.each ? b : a));
  process.stdout.write(
    `${name.padEnd(12)} ${mean.toFixed(3)} ms a text, slowest ${slowest.language} ${slowest.each.toFixed(3)} ms\n`,
  );
}
