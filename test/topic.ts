import type { Topic } from '../src/topics/topic.ts';

const name = (id: string, type: 'actor' | 'weapon' | 'place', label: Record<string, string>) => ({
  id,
  type,
  label,
  concepts: [],
  spellings: {},
});

/** A small topic: two parties, a few kinds and names, no terms and no feeds. */
export function aTopic(given: Partial<Topic> = {}): Topic {
  const kindList = [
    { id: 'transfer', label: { en: 'transfer', fr: 'livraison', de: 'Lieferung', ko: '이전' } },
    { id: 'use', label: { en: 'use', fr: 'emploi' } },
    { id: 'troops', label: { en: 'troops', fr: 'troupes' } },
    { id: 'casualties', label: { en: 'casualties', fr: 'pertes' } },
    { id: 'statement', label: { en: 'statement', fr: 'déclaration' } },
    { id: 'denial', label: { en: 'denial', fr: 'démenti' } },
    { id: 'other', label: { en: 'other', fr: 'autre' } },
  ];
  return {
    id: 'dprk-russia',
    label: {
      en: 'North Korea–Russia arms cooperation',
      fr: 'Coopération militaire entre Pyongyang et Moscou',
    },
    enabled: true,
    languages: ['en', 'fr'],
    parties: [
      { id: 'DPRK', actor: 'dprk', label: { en: 'North Korea', fr: 'Corée du Nord' } },
      { id: 'Russia', actor: 'russia', label: { en: 'Russia', fr: 'Russie' } },
    ],
    kinds: ['transfer', 'use', 'troops', 'casualties', 'statement', 'denial', 'other'],
    kindList,
    concepts: [],
    combinations: [],
    contexts: [],
    scoring: { titleWeight: 2, leadWeight: 1.5, leadSentences: 3 },
    thresholds: { hit: 0.6, related: 0.3 },
    names: [
      name('dprk', 'actor', { en: 'North Korea', fr: 'Corée du Nord' }),
      name('russia', 'actor', { en: 'Russia', fr: 'Russie' }),
      name('rok', 'actor', { en: 'South Korea', fr: 'Corée du Sud' }),
      name('us', 'actor', { en: 'United States', fr: 'États-Unis' }),
      name('ukraine', 'actor', { en: 'Ukraine', fr: 'Ukraine' }),
      { ...name('kremlin', 'actor', { en: 'Kremlin', fr: 'Kremlin' }), of: 'russia' },
      name('shells', 'weapon', { en: 'artillery shells', fr: 'obus d’artillerie' }),
      name('kn-23', 'weapon', { en: 'KN-23 missiles', fr: 'missiles KN-23' }),
      name('rajin', 'place', { en: 'Rajin', fr: 'Rajin' }),
      name('kharkiv', 'place', { en: 'Kharkiv', fr: 'Kharkiv' }),
      name('kursk', 'place', { en: 'Kursk', fr: 'Koursk' }),
    ],
    terms: [],
    kindRules: [],
    searchTerms: [],
    kindCues: [],
    feeds: [],
    history: [],
    ...given,
  };
}
