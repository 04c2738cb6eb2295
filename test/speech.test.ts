import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commandsFor } from '../commands/index.ts';
import { formOf } from '../commands/forms.ts';
import { speechIn, spoken } from '../digests/speech.ts';
import type { Form } from '../src/form.ts';
import { onDay, parseDay, weekOf, monthOf, yearOf } from '../src/time.ts';
import { loadTopic } from '../src/topics/topic.ts';
import { aTopic } from './topic.ts';

const english = speechIn('en').words;
const kindsAndRoutes = new Set(
  Object.keys(english.sentences).flatMap((kind) =>
    Object.keys(english.routes).map((route) => `${kind} ${route}`),
  ),
);
const others = spoken.filter((language) => language !== 'en');

test('every phrase that the code says is there', () => {
  const code = globSync(['commands/*.ts', 'digests/*.ts'])
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const said = [...code.matchAll(/say\(\s*'([^']+)'/g)].flatMap(([, name]) => name ?? []);
  expect(said.filter((name) => !(name in english.phrases))).toEqual([]);
});

test.each(others)('%s has every word of ours, with the gaps that English has', (language) => {
  const { phrases, sentences, units, routes } = speechIn(language).words;
  expect(Object.keys(phrases).toSorted()).toEqual(Object.keys(english.phrases).toSorted());
  expect(Object.keys(english.sentences).filter((name) => !(name in sentences))).toEqual([]);
  const own = Object.keys(sentences).filter((name) => !(name in english.sentences));
  expect(own.filter((name) => !kindsAndRoutes.has(name))).toEqual([]);
  expect(Object.keys(units).toSorted()).toEqual(Object.keys(english.units).toSorted());
  expect(Object.keys(routes).toSorted()).toEqual(Object.keys(english.routes).toSorted());
  for (const [name, phrase] of Object.entries(phrases)) {
    expect([name, gapsOf(phrase)]).toEqual([name, gapsOf(english.phrases[name])]);
  }
});

test('every unit that the topic or its history counts has words', () => {
  const { history, kindRules } = loadTopic('src/topics/dprk-russia');
  const counted = history.flatMap(({ quantities }) => quantities.map(({ unit }) => unit));
  const wanted = new Set([...counted, ...kindRules.flatMap(({ units }) => units)]);
  expect([...wanted].filter((unit) => !(unit in english.units))).toEqual([]);
});

test.each(others)(
  '%s has a form for each plural that the language knows; only units come in millions',
  (language) => {
    const { phrases, units, locale } = speechIn(language).words;
    const categories = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    const small = categories.filter((one) => one !== 'many' || language === 'uk');
    const formsOf = (words: typeof phrases) =>
      Object.values(words).flatMap((phrase) =>
        typeof phrase === 'string' ? [] : [Object.keys(phrase).toSorted()],
      );
    for (const forms of formsOf(phrases)) expect(forms).toEqual(small.toSorted());
    for (const forms of formsOf(units)) expect(forms).toEqual(categories.toSorted());
  },
);

test('a million of something takes its preposition where the language wants one', () => {
  expect(speechIn('fr').counted('shells', 1_000_000).replaceAll(/\s/g, ' ')).toBe('1 000 000 d’obus');
  expect(speechIn('es').counted('shells', 1_000_000)).toBe('1.000.000 de proyectiles');
  expect(speechIn('fr').counted('shells', 1_200_000).replaceAll(/\s/g, ' ')).toBe('1 200 000 obus');
});

test.each(others)('%s describes every command and option, in at most 100 characters', (language) => {
  const { commands } = speechIn(language).words;
  const described = commandsFor(aTopic())
    .map(formOf)
    .flatMap((form) => descriptionsOf(form, form.name));
  const lacking = described.filter(({ descriptions }) => descriptions[language] === undefined);
  expect(lacking.map(({ path }) => path)).toEqual([]);
  const told = new Set(described.map(({ descriptions }) => descriptions[language]));
  expect(Object.keys(commands).filter((path) => !told.has(commands[path]))).toEqual([]);
  expect(Object.values(commands).filter((text) => text.length > 100)).toEqual([]);
});

test.each(others)('%s understands the ways of asking for days that its help names', (language) => {
  const { days, phrases } = speechIn(language).words;
  const named =
    JSON.stringify(phrases['help.when'])
      .split('P1W')[1]
      ?.match(/[\p{L}'’]+(?: [\p{L}'’]+)*/gu) ?? [];
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((way) => !(way.toLowerCase().replaceAll('’', "'") in days))).toEqual([]);
});

test('English descriptions keep to 100 characters too, and required options come first', () => {
  for (const form of commandsFor(aTopic()).map(formOf)) {
    for (const one of [form, ...form.subcommands]) {
      expect(one.description.length).toBeLessThanOrEqual(100);
      expect(one.options.filter(({ description }) => description === '' || description.length > 100)).toEqual(
        [],
      );
      const required = one.options.map((option) => option.required);
      expect(required).toEqual(required.toSorted((a, b) => Number(b) - Number(a)));
    }
  }
});

test.each([
  [
    'en',
    '1 October 2024',
    'week of 30 September 2024',
    'October 2024',
    '2024',
    '30 September – 2 October 2024',
  ],
  [
    'fr',
    '1er octobre 2024',
    'semaine du 30 septembre 2024',
    'octobre 2024',
    '2024',
    '30 septembre – 2 octobre 2024',
  ],
])('%s writes days as exactly as they are known', (language, ...[day, week, month, year, range]) => {
  const speech = speechIn(language);
  const first = parseDay('2024-10-01');
  expect(speech.when(onDay(first))).toBe(day);
  expect(speech.when(weekOf(first))).toBe(week);
  expect(speech.when(monthOf(2024, 10))).toBe(month);
  expect(speech.when(yearOf(2024))).toBe(year);
  const [start, end] = [parseDay('2024-09-30'), parseDay('2024-10-02')];
  expect(speech.when({ start, end, precision: 'range' }).replaceAll(/\s/g, ' ')).toBe(range);
});

test('a language that Tumen does not speak is answered in English, a region in its language', () => {
  expect(speechIn('eo').language).toBe('en');
  expect(speechIn('fr-CA').language).toBe('fr');
  expect(speechIn('toString').language).toBe('en');
});

function descriptionsOf(
  form: Form,
  path: string,
): { readonly path: string; readonly descriptions: Form['descriptions'] }[] {
  return [
    { path, descriptions: form.descriptions },
    ...form.options.map(({ name, descriptions }) => ({ path: `${path}.${name}`, descriptions })),
    ...form.subcommands.flatMap((under) => descriptionsOf(under, `${path} ${under.name}`)),
  ];
}

function gapsOf(phrase: unknown): string[] {
  const texts = typeof phrase === 'string' ? [phrase] : Object.values(phrase as Record<string, string>);
  const gaps = texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([gap]) => gap));
  return [...new Set(gaps)].toSorted();
}
