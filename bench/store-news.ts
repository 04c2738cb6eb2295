import { randomFrom } from '../src/cli/simulation/random.ts';
import type { EventId, Item, ItemId, NewsEvent, Source } from '../src/model.ts';
import { addDays, onDay, parseDay } from '../src/time.ts';

/** Languages of the made news and their shares, as in the feeds that Tumen ships with. */
const SHARES = { en: 30, fr: 25, ru: 20, ko: 10, ja: 8, zh: 7 } as const;
type Language = keyof typeof SHARES;

const VOCABULARY = 20_000;
/** Words of an article: 1.5 kB of UTF-8 on average. */
const WORDS = { en: 215, fr: 215, ru: 115, ko: 150, ja: 165, zh: 250 } as const;
const FIRST_DAY = parseDay('2018-01-01');
const DAYS = 3000;

const LETTERS: Record<Language, readonly [onsets: string, vowels: string]> = {
  en: ['bcdfghklmnprstvw', 'aeiou'],
  fr: ['bcdfghjlmnpqrstv', 'aeiouéè'],
  ru: ['бвгджзклмнпрстфх', 'аеиоуяю'],
  ko: ['', ''],
  ja: ['', ''],
  zh: ['', ''],
};

/** Made news: always the same for the same numbers. */
export interface News {
  item(number: number): Item;
  event(number: number): NewsEvent;
  /** A word of a language; the lower its rank, the more often it is used. */
  word(language: Language, rank: number): string;
}

/**
 * Makes news in six languages, with words as unevenly frequent as in real texts (Zipf).
 *
 * @param count - how many items will be asked for; they spread over eight years
 */
export function makeNews(count: number): News {
  const random = randomFrom(1);
  const words = Object.fromEntries(
    Object.keys(SHARES).map((language) => [language, vocabularyOf(language as Language, random)]),
  ) as Readonly<Record<string, readonly string[]>>;
  const sources: Source[] = Array.from({ length: 120 }, (_, number) => ({
    name: `Paper ${number}`,
    family: `house-${number % 60}`,
    kind: 'press',
  }));

  const sentence = (language: Language, count: number, next: () => number) => {
    const blank = language === 'ja' || language === 'zh' ? '' : ' ';
    return Array.from({ length: count }, () => words[language]?.[rankOf(next())] ?? '').join(blank);
  };

  return {
    word: (language, rank) => words[language]?.[rank] ?? '',
    item(number) {
      const next = randomFrom(number + 10);
      const language = languageOf(next());
      // In order of publication, but for a day or so, as feeds bring them.
      const hours = (number / count) * DAYS * 24 + next() * 30;
      const published = new Date(`${FIRST_DAY}T00:00:00Z`).getTime() + Math.floor(hours * 3600) * 1000;
      const text = Array.from({ length: 8 }, () => sentence(language, Math.ceil(WORDS[language] / 8), next));
      return {
        id: `item-${number}` as ItemId,
        feed: `feed-${number % 150}`,
        source: sources[number % sources.length] ?? { name: '', family: '', kind: 'press' },
        url: `https://paper-${number % 120}.example/news/${number}`,
        title: sentence(language, 9, next),
        text: text.join('. '),
        language,
        published: new Date(published),
        seen: new Date(published + 600_000),
      };
    },
    event: (number) => eventOf(number, sentence),
  };
}

function eventOf(
  number: number,
  sentence: (language: Language, count: number, next: () => number) => string,
): NewsEvent {
  const next = randomFrom(-number - 10);
  const pick = (most: number) => Math.floor(most * next() ** 2);
  const language = languageOf(next());
  const day = addDays(FIRST_DAY, Math.floor(next() * DAYS));
  const id = `${day}-e${number.toString(36)}` as EventId;
  const moment = new Date(`${day}T12:00:00Z`);
  const about = {
    places: [`place-${pick(400)}`],
    weapons: [`weapon-${pick(100)}`],
    actors: [`actor-${pick(300)}`],
  };
  const kind = `kind-${pick(16)}`;
  const claims = Array.from({ length: 1 + pick(6) }, (_, place) => ({
    id: `${id}-${place}`,
    item: `item-${number * 6 + place}` as ItemId,
    kind,
    direction: 'DPRK→Russia',
    when: onDay(day),
    claimants: [{ id: `actor-${pick(300)}`, name: 'somebody' }],
    stance: 'asserts' as const,
    role: 'news' as const,
    quantities: [],
    ...about,
    sentence: sentence(language, 20, next),
    offset: 0,
    language,
  }));
  return {
    id,
    topic: 'dprk-russia',
    kind,
    direction: 'DPRK→Russia',
    when: onDay(day),
    status: 'claimed',
    titles: { [language]: sentence(language, 9, next) },
    claims,
    citations: claims.map(({ item }) => ({
      item,
      outlet: 'Paper',
      family: `house-${pick(60)}`,
      language,
      title: sentence(language, 9, next),
      published: moment,
    })),
    ...about,
    newsrooms: claims.length,
    firstSeen: moment,
    changed: moment,
  };
}

/** A rank from 0 on: the word of rank n comes about half as often as that of rank n / 2. */
function rankOf(random: number): number {
  return Math.floor(VOCABULARY ** random) - 1;
}

function languageOf(random: number): Language {
  let rest = random * 100;
  for (const [language, share] of Object.entries(SHARES)) {
    rest -= share;
    if (rest < 0) return language as Language;
  }
  return 'en';
}

function vocabularyOf(language: Language, random: () => number): string[] {
  return Array.from({ length: VOCABULARY }, (_, rank) => {
    const length = 2 + Math.floor(random() * 3) + (rank > 2000 ? 1 : 0);
    const spell = () => syllableOf(language, random);
    return Array.from(
      { length: language === 'ko' || language === 'ja' || language === 'zh' ? 2 : length },
      spell,
    ).join('');
  });
}

function syllableOf(language: Language, random: () => number): string {
  const between = (first: number, count: number) =>
    String.fromCodePoint(first + Math.floor(random() * count));
  if (language === 'ko') return between(0xac00, 2000);
  if (language === 'zh') return between(0x4e00, 3000);
  if (language === 'ja') return random() < 0.5 ? between(0x3042, 80) : between(0x4e00, 2000);
  const [onsets, vowels] = LETTERS[language];
  const letter = (of: string) => of[Math.floor(random() * of.length)] ?? '';
  return `${letter(onsets)}${letter(vowels)}`;
}
