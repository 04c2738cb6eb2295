import { expect, test } from 'vitest';
import { compose } from '../digests/compose.ts';
import { speechIn, spoken } from '../digests/speech.ts';
import { renderTerminal } from '../src/channels/terminal-render.ts';
import { loadTopic } from '../src/topics/topic.ts';
import { editions } from './editions.ts';

const topic = loadTopic('src/topics/dprk-russia');

test('docs/digests.md shows three digests in each language as they are (npx vitest run test/digest-samples.test.ts -u)', async () => {
  const samples = spoken.map((language) => {
    const { words } = speechIn(language);
    const texts = Object.values(editions).map(
      (edition) => `\`\`\`text\n${rendered(edition, language)}\`\`\`\n`,
    );
    return `## ${words.name}\n\n${texts.join('\n')}`;
  });
  await expect(`${introduction}\n${samples.join('\n')}`).toMatchFileSnapshot('../docs/digests.md');
});

test.each(spoken)('in %s no line has a gap left open or two blanks', (language) => {
  for (const edition of Object.values(editions)) {
    expect(rendered(edition, language)).not.toMatch(/[{}[\]]|undefined|\S {2,}\S| [,.]\s/);
  }
});

test.each(spoken.filter((language) => language !== 'en'))('in %s nothing is said in English', (language) => {
  for (const edition of Object.values(editions)) {
    expect(rendered(edition, language)).not.toMatch(
      /according to|denied by|newsroom|sources read|North Korea/,
    );
  }
});

test('the same edition gives the same bytes', () => {
  expect(rendered(editions.busy, 'fr')).toBe(rendered(structuredClone(editions.busy), 'fr'));
});

const introduction = `# Digests as they look

A busy day, a quiet one whose digest came late, and one on which things are disputed, in each of the languages in which
Tumen tells digests. The events and newspapers are invented. This page is written by a test, which fails when the page is
not as the digests are.
`;

function rendered(edition: (typeof editions)['busy'], language: string): string {
  return renderTerminal(compose(edition, { speech: speechIn(language), topic }), {
    width: 100,
    colour: false,
  });
}
