/**
 * Matching: how long the terms take to compile, and a text to be judged.
 *
 *     node bench/match.ts
 *     npm exec --yes --package=modern-ahocorasick@2 -- node bench/match.ts    beside that package too
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { makeFinder } from '../src/matches/finder.ts';
import { match } from '../src/matches/match.ts';
import { buildAutomaton } from '../src/matches/automaton.ts';
import { readingForm, spellingOf } from '../src/matches/spelling.ts';
import { loadTopic } from '../src/topics/topic.ts';

const FIXTURES = 'test/fixtures/matches';
const ARTICLE_CHARACTERS = 4000;
const ROUNDS = 20;

const milliseconds = (work: () => unknown): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};
const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;
const show = (what: string, value: number, unit: string) =>
  process.stdout.write(`${what.padEnd(58)} ${value.toFixed(3).padStart(9)} ${unit}\n`);

const items = readdirSync(FIXTURES).flatMap((file) =>
  readFileSync(join(FIXTURES, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const [title = '', text = ''] = line.replace(/^.*? :: /, '').split(' | ');
      return { title, text: `${text} ${text} ${text}`, language: file.slice(0, 2) };
    }),
);
/** What most of an article is: words that have nothing to do with the topic. */
const PROSE =
  'The council met again on Tuesday to settle what the old tram depot should become. Residents of the quarter want a library, ' +
  'a workshop for bicycles and a garden; the treasurer wants rent. Nobody spoke for an hour without looking at the clock. ';

/** Long texts of which `share` parts in a hundred are about the topic, one for each language. */
const articlesOf = (share: number) =>
  Object.values(Object.groupBy(items, ({ language }) => language)).map((group = []) => {
    const news = group.map(({ title, text }) => `${title}. ${text}`).join('\n');
    const wanted = Math.round((ARTICLE_CHARACTERS * share) / 100);
    const text = news.repeat(Math.ceil(wanted / news.length)).slice(0, wanted);
    const rest = PROSE.repeat(ARTICLE_CHARACTERS / PROSE.length + 1).slice(0, ARTICLE_CHARACTERS - wanted);
    return { title: group[0]?.title ?? '', text: `${text}\n${rest}`, language: group[0]?.language ?? 'und' };
  });
const articles = articlesOf(100);

let topic = loadTopic('src/topics/dprk-russia');
show(
  'load the topic',
  milliseconds(() => (topic = loadTopic('src/topics/dprk-russia'))),
  'ms',
);
let finder = makeFinder(topic);
show(
  'compile the automaton (first time in a process: about double)',
  median(Array.from({ length: 5 }, () => milliseconds(() => (finder = makeFinder(topic))))),
  'ms',
);
for (const [name, rows] of [
  ['item (title and summary)', items],
  [`article of ${ARTICLE_CHARACTERS} characters, a fifth on topic`, articlesOf(20)],
  [`article of ${ARTICLE_CHARACTERS} characters, all of it on topic`, articles],
] as const) {
  const times = Array.from({ length: ROUNDS }, () =>
    milliseconds(() => rows.forEach((row) => match(row, finder))),
  );
  show(`judge one ${name}`, median(times) / rows.length, 'ms');
}

const keys = [
  ...new Set(
    [
      ...topic.terms.map(({ text }) => text),
      ...topic.names.flatMap(({ spellings }) => Object.values(spellings).flat()),
    ]
      .map((term) => spellingOf(term).key)
      .filter((key) => key !== ''),
  ),
];
const texts = articles.map(({ text }) => {
  const { units, length } = readingForm(text);
  return { text: String.fromCharCode(...units.subarray(0, length)), units, length };
});
const characters = texts.reduce((sum, { length }) => sum + length, 0);
show('patterns', keys.length, '');

function race(name: string, build: () => (row: (typeof texts)[number]) => number): void {
  let search: (row: (typeof texts)[number]) => number = () => 0;
  const built = milliseconds(() => (search = build()));
  const found = texts.reduce((sum, row) => sum + search(row), 0);
  const times = Array.from({ length: 7 }, () => milliseconds(() => texts.forEach((row) => search(row))));
  show(
    `${name}: built in ${built.toFixed(0)} ms, found ${found}`,
    characters / median(times) / 1000,
    'million characters/s',
  );
}

race('our automaton', () => {
  const automaton = buildAutomaton(keys);
  return ({ units, length }) => {
    let count = 0;
    automaton.scan(units, length, () => count++);
    return count;
  };
});
race('one regular expression (misses what overlaps)', () => {
  const sorted = keys.toSorted((a, b) => b.length - a.length);
  const all = new RegExp(
    sorted.map((key) => key.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('|'),
    'g',
  );
  return ({ text }) => [...text.matchAll(all)].length;
});

const rival = installed('modern-ahocorasick');
if (rival === undefined)
  process.stdout.write('modern-ahocorasick: skipped, not at hand (see the top of this file)\n');
else
  race('modern-ahocorasick', () => {
    const search = new rival(keys);
    return ({ text }) => search.search(text).reduce((sum, [, found]) => sum + found.length, 0);
  });

type Rival = new (patterns: readonly string[]) => { search: (text: string) => [number, string[]][] };

/** A package that `npm exec --package` put on the path. */
function installed(name: string): Rival | undefined {
  for (const folder of (process.env['PATH'] ?? '')
    .split(':')
    .filter((entry) => entry.endsWith('node_modules/.bin'))) {
    try {
      const loaded = createRequire(join(folder, '..', 'x.js'))(name) as Rival | { default: Rival };
      return 'default' in loaded ? loaded.default : loaded;
    } catch {
      continue;
    }
  }
  return undefined;
}
