import type { Edition } from '../digests/compose.ts';
import type { Citation, Claim, Claimant, EventId, NewsEvent, Quantity } from '../src/model.ts';
import { onDay, parseDay } from '../src/time.ts';
import { aCitation, aClaim, anEvent } from './builders.ts';

/** Newspapers that do not exist, and what they print about one ship. */
const papers: readonly (readonly [language: string, outlet: string, title: string])[] = [
  ['en', 'The Daily Lighthouse', 'Freighter seen leaving Rajin with covered crates'],
  ['fr', 'Le Phare', 'Un cargo quitte Rajin, ses caisses sous des bâches'],
  ['de', 'Der Leuchtturm', 'Frachter verlässt Rajin mit verdeckten Kisten'],
  ['es', 'El Faro', 'Un carguero zarpa de Rajin con cajas cubiertas'],
  ['uk', 'Маяк', 'Вантажне судно з накритими ящиками вийшло з Раджина'],
  ['ko', '등대일보', '덮개를 씌운 상자를 실은 화물선, 나진항 출항'],
  ['ja', '灯台新聞', '覆いをかけた箱を積んだ貨物船が羅津を出港'],
];

const transfer = event('2024-10-21-q4', 'transfer', '2024-10-21', {
  status: 'corroborated',
  weapons: ['artillery-shells'],
  places: ['rajin', 'vostochny-port'],
  newsrooms: 7,
  claims: [
    claim('a1', ['nis'], { quantities: [quantity(20, 'at_least', 'containers')] }),
    claim('a2', ['white-house', 'us'], { quantities: [quantity(31, 'about', 'containers')] }),
  ],
  citations: papers.map(([language, outlet, title]) => page(language, outlet, title)),
});
const casualties = event('2024-10-19-c8', 'casualties', '2024-10-19', {
  places: ['kursk-region'],
  claims: [claim('b1', ['hur'], { quantities: [quantity(30, 'at_least', 'killed_or_wounded')] })],
  citations: [page('uk', 'Маяк', 'Розвідка повідомила про втрати')],
});
const talks = event('2024-10-22-m1', 'talks', '2024-10-22', {
  direction: 'both',
  status: 'confirmed',
  places: ['moscow'],
  newsrooms: 3,
  claims: [
    claim('c1', ['kremlin'], { stance: 'confirms' }),
    claim('c2', ['dprk-state-media'], { stance: 'confirms' }),
  ],
  citations: [page('en', 'The Daily Lighthouse', 'Ministers meet in Moscow')],
});
const demand = event('2024-10-22-s2', 'statement', '2024-10-22', {
  claims: [claim('d1', ['eu', 'japan'], { stance: 'condemns' }), claim('d2', ['rok'], { stance: 'demands' })],
  citations: [page('fr', 'Le Phare', 'Bruxelles et Tokyo condamnent')],
});
const troops = event('2024-10-18-t5', 'troops', '2024-10-18', {
  claims: [claim('e1', ['nis'], { quantities: [quantity(1500, 'about', 'soldiers')] })],
  citations: [page('ko', '등대일보', '국정원, 병력 이동 확인')],
});

/** Three days as an editor meets them: one with much news, one with none, one on which things are disputed. */
export const editions: Readonly<Record<'busy' | 'quiet' | 'contested', Edition>> = {
  busy: {
    ...dated('2024-10-22'),
    events: [transfer, talks, demand, troops],
    told: new Map(),
    coverage: { read: 78, failing: ['KCNA', 'TASS'] },
    most: 3,
  },
  quiet: {
    ...dated('2024-10-23'),
    events: [transfer],
    told: toldAs(transfer),
    coverage: { read: 80, failing: [] },
    dueAt: new Date('2024-10-24T05:00:00Z'),
  },
  contested: {
    ...dated('2024-10-24'),
    events: [
      {
        ...transfer,
        status: 'contested',
        claims: [...transfer.claims, claim('a3', ['kremlin', 'dprk-mfa'], { stance: 'denies' })],
      },
      {
        ...casualties,
        status: 'corroborated',
        when: { start: parseDay('2024-10-18'), end: parseDay('2024-10-19'), precision: 'range' },
        claims: [
          ...casualties.claims,
          claim('b2', ['rok-jcs'], {
            kind: 'casualties',
            quantities: [quantity(100, 'about', 'killed_or_wounded')],
          }),
        ],
      },
    ],
    told: new Map([...toldAs(transfer), ...toldAs(casualties)]),
    coverage: { read: 79, failing: ['KCNA'] },
  },
};

function event(id: string, kind: string, day: string, given: Partial<NewsEvent>): NewsEvent {
  const claims = (given.claims ?? []).map((one) => ({ ...one, kind, when: onDay(parseDay(day)) }));
  return anEvent({
    id: id as EventId,
    kind,
    when: onDay(parseDay(day)),
    titles: {},
    weapons: [],
    places: [],
    actors: [],
    ...given,
    claims,
  });
}

function claim(id: string, who: readonly string[], given: Partial<Claim>): Claim {
  const claimants = who.map((one): Claimant => ({ id: one, name: one }));
  return aClaim({ id, claimants, quantities: [], ...given });
}

function quantity(value: number, bound: Quantity['bound'], unit: string): Quantity {
  return { value, bound, unit };
}

function page(language: string, outlet: string, title: string): Citation {
  return aCitation({
    language,
    outlet,
    title,
    family: outlet,
    url: `https://${language}.lighthouse.example/ship`,
  });
}

function dated(day: string): Pick<Edition, 'period' | 'cutOff'> {
  const period = { from: parseDay(day), to: parseDay(day), zone: 'Europe/Paris' };
  return { period, cutOff: new Date(`${day}T22:00:00Z`) };
}

function toldAs(known: NewsEvent): Map<EventId, NewsEvent> {
  return new Map([[known.id, known]]);
}
