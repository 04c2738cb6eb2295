import { expect, test } from 'vitest';
import { entryOf } from '../digests/entry.ts';
import { changeLines } from '../digests/change-lines.ts';
import type { Change } from '../digests/changes.ts';
import { nameOf } from '../digests/names.ts';
import { speechIn, spoken } from '../digests/speech.ts';
import { renderTerminal } from '../src/channels/terminal-render.ts';
import { aMessage } from '../src/message.ts';
import type { Claim, Claimant, NewsEvent, Quantity, Stance, Status, When } from '../src/model.ts';
import { monthOf, onDay, parseDay, weekOf, yearOf } from '../src/time.ts';
import { loadTopic } from '../src/topics/topic.ts';
import { aCitation, aClaim, anEvent } from './builders.ts';
import { drawFrom } from './random.ts';

const topic = loadTopic('src/topics/dprk-russia');
const namesOf = (type: string) => topic.names.filter((name) => name.type === type).map(({ id }) => id);
const [actors, weapons, places] = [namesOf('actor'), namesOf('weapon'), namesOf('place')];
const units = Object.keys(speechIn('en').words.units);
const bounds: readonly Quantity['bound'][] = ['exact', 'at_least', 'at_most', 'about'];
const statuses: readonly Status[] = [
  'claimed',
  'corroborated',
  'confirmed',
  'contested',
  'denied',
  'retracted',
];
const stances: readonly Stance[] = [
  'asserts',
  'reports',
  'confirms',
  'acknowledges',
  'expects',
  'condemns',
  'demands',
  'denies',
  'retracts',
];
const first = parseDay('2024-10-01');
const days: readonly (When | undefined)[] = [
  undefined,
  onDay(first),
  onDay(parseDay('2024-10-21')),
  weekOf(first),
  monthOf(2024, 10),
  yearOf(2024),
  { start: parseDay('2024-09-30'), end: parseDay('2024-10-02'), precision: 'range' },
];
const EVENTS = 200;

test.each(spoken)(
  'in %s every combination of facts is told without a gap, a stray blank or a doubled mark',
  (language) => {
    for (const text of told(language)) {
      expect(text).not.toMatch(/[{}[\]]|undefined|NaN/);
      expect(text).not.toMatch(/\S {2,}\S|\( | \)|[(（][)）]/);
      expect(text).not.toMatch(/[,;:、；：／·]\s*[,;:.、；：／·]|\.{2}|(?:^|\n)[,;:、；：／]/);
      expect(text).not.toMatch(language === 'fr' ? /\s[,.]/ : /\s[,.;:?!]/);
    }
  },
);

test.each(spoken)('in %s nobody is named twice in one list', (language) => {
  const speech = speechIn(language);
  for (const count of [1, 2, 3, 4, 5, 9]) {
    const claimants = actors.slice(0, count).map((id): Claimant => ({ id, name: id }));
    const event = anEvent({ claims: [aClaim({ claimants }), aClaim({ claimants })] });
    const text = textOf(event, [], language);
    const name = speech.words.attributed['dprk'] ?? nameOf('dprk', { speech, topic }) ?? '';
    expect(text.split('\n').filter((line) => line.includes(name)).length).toBeLessThanOrEqual(2);
  }
});

test.each<[language: string, unit: string, ...forms: string[]]>([
  ['en', 'containers', '1 container', '2 containers', '5 containers', '21 containers', '1,000 containers'],
  ['fr', 'killed', '1 tué', '2 tués', '5 tués', '21 tués', '1 000 tués'],
  ['de', 'containers', '1 Container', '2 Container', '5 Container', '21 Container', '1.000 Container'],
  ['de', 'missiles', '1 Rakete', '2 Raketen', '5 Raketen', '21 Raketen', '1.000 Raketen'],
  ['es', 'missiles', '1 misil', '2 misiles', '5 misiles', '21 misiles', '1000 misiles'],
  ['uk', 'containers', '1 контейнер', '2 контейнери', '5 контейнерів', '21 контейнер', '1 000 контейнерів'],
  ['uk', 'shells', '1 снаряд', '2 снаряди', '5 снарядів', '21 снаряд', '1 000 снарядів'],
  ['ko', 'containers', '컨테이너 1개', '컨테이너 2개', '컨테이너 5개', '컨테이너 21개', '컨테이너 1,000개'],
  ['ja', 'soldiers', '兵士1人', '兵士2人', '兵士5人', '兵士21人', '兵士1,000人'],
])('in %s %s take the form that their number wants', (language, unit, ...forms) => {
  const speech = speechIn(language);
  const counted = [1, 2, 5, 21, 1000].map((value) => speech.counted(unit, value).replaceAll(/\s/g, ' '));
  expect(counted).toEqual(forms);
});

test.each([
  ['uk', 20, 31, '20–31 контейнер'],
  ['uk', 2, 5, '2–5 контейнерів'],
  ['uk', 10, 22, '10–22 контейнери'],
  ['fr', 0, 1, '0 à 1 conteneur'],
  ['de', 20, 31, '20 bis 31 Container'],
  ['es', 20, 31, 'de 20 a 31 contenedores'],
  ['en', 1, 2, '1–2 containers'],
])('in %s a range from %d to %d takes the form of its end', (language, least, most, text) => {
  expect(speechIn(language).countedFrom('containers', least, most)).toBe(text);
});

/** Many events of all sorts, drawn at random but the same each time, as a terminal shows them. */
function told(language: string): string[] {
  const draw = drawFrom(20_241_022);
  return Array.from({ length: EVENTS }, () => {
    const event = drawn(draw);
    return textOf(event, changesOf(event, draw), language);
  });
}

function textOf(event: NewsEvent, changes: readonly Change[], language: string): string {
  const teller = { speech: speechIn(language), topic };
  const entries = [entryOf(event, teller, changeLines({ event, changes }, teller))];
  const message = aMessage({
    title: [],
    blocks: [{ kind: 'entries', entries }],
    tone: 'digest',
    language,
    zone: 'UTC',
  });
  return renderTerminal(message, { width: 4000, colour: false });
}

function drawn(draw: (most: number) => number): NewsEvent {
  const pick = pickerOf(draw);
  const kind = pick(topic.kinds) ?? 'other';
  const claims = some(draw, 4, (): Claim => claimOf(kind, draw));
  const when = pick(days);
  const { when: _, ...event } = anEvent({
    kind,
    direction: pick(['DPRK→Russia', 'Russia→DPRK', 'both', 'none'] as const) ?? 'none',
    status: pick(statuses) ?? 'claimed',
    titles: {},
    claims,
    places: some(draw, 4, () => pick(places) ?? ''),
    weapons: some(draw, 4, () => pick(weapons) ?? ''),
    newsrooms: pick([1, 2, 5, 21, 40]) ?? 1,
    citations: claims.map(({ item }) => aCitation({ ...(item !== undefined && { item }), title: 'Títle' })),
  });
  return when === undefined ? event : { ...event, when };
}

function claimOf(kind: string, draw: (most: number) => number): Claim {
  const pick = pickerOf(draw);
  return aClaim({
    kind,
    stance: pick(stances) ?? 'asserts',
    claimants: some(draw, 5, () => pick(actors) ?? '').map((id) => ({ id, name: id })),
    quantities: some(draw, 3, () => quantityOf(draw)),
  });
}

function quantityOf(draw: (most: number) => number): Quantity {
  const pick = pickerOf(draw);
  return {
    value: pick([1, 2, 5, 21, 1000, 10_000, 1_000_000]) ?? 1,
    bound: pick(bounds) ?? 'exact',
    unit: pick(units) ?? 'soldiers',
  };
}

function changesOf({ claims, status }: NewsEvent, draw: (most: number) => number): Change[] {
  const pick = pickerOf(draw);
  const who = claims.filter(({ stance }) => stance !== 'denies').flatMap(({ claimants }) => claimants);
  const deniers = claims.filter(({ stance }) => stance === 'denies').flatMap(({ claimants }) => claimants);
  const all: Change[] = [
    { kind: 'status', from: pick(statuses) ?? 'claimed', to: status },
    { kind: 'when', from: pick(days), to: onDay(first) },
    { kind: 'quantities', added: [quantityOf(draw), quantityOf(draw)] },
    ...(who.length === 0 ? [] : [{ kind: 'claimants', added: who } as const]),
    ...(deniers.length === 0 ? [] : [{ kind: 'denied', by: deniers } as const]),
  ];
  return all.filter(() => draw(3) === 0);
}

function pickerOf(draw: (most: number) => number) {
  return <One>(all: readonly One[]): One | undefined => all[draw(all.length)];
}

/** From none to `most` things. */
function some<One>(draw: (most: number) => number, most: number, make: () => One): One[] {
  return Array.from({ length: draw(most + 1) }, make);
}
