import { expect, test } from 'vitest';
import { compose } from '../digests/compose.ts';
import { speechIn, spoken } from '../digests/speech.ts';
import { renderTerminal } from '../src/channels/terminal-render.ts';
import type { Message } from '../src/message.ts';
import { loadTopic } from '../src/topics/topic.ts';
import { editions } from './editions.ts';
import { discordLook, slackLook } from './looks.ts';

const topic = loadTopic('src/topics/dprk-russia');

test('docs/digests.md shows three digests in each language as they are (npx vitest run test/digest-samples.test.ts -u)', async () => {
  const samples = spoken.map((language) => {
    const { words } = speechIn(language);
    const days = Object.entries(editions).map(([day, edition]) => dayOf(day, edition, language));
    return `## ${words.name}\n\n${days.join('\n')}`;
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
Tumen tells digests: on Discord, on Slack and in the terminal. Discord and Slack tell moments in the zone of whoever reads;
here they are told in that of the digest. The events and newspapers are invented. This page is written by
\`npx vitest run test/digest-samples.test.ts -u\`; the same test fails when the page is not as the digests are.
`;

function dayOf(day: string, edition: (typeof editions)['busy'], language: string): string {
  const message = composed(edition, language);
  return [
    `### ${speechIn(language).words.name}: ${day}\n`,
    folded('Discord', quoted(discordLook(message))),
    folded('Slack', quoted(slackLook(message))),
    folded('Terminal', `\`\`\`text\n${rendered(edition, language)}\`\`\``),
  ].join('\n');
}

function folded(name: string, text: string): string {
  return `<details><summary>${name}</summary>\n\n${text}\n\n</details>\n`;
}

function quoted(markdown: string): string {
  const lines = markdown
    .trim()
    .replaceAll(/\n{3,}/g, '\n\n')
    .split('\n');
  return lines.map((line) => `> ${line}`.trimEnd()).join('\n');
}

function composed(edition: (typeof editions)['busy'], language: string): Message {
  return compose(edition, { speech: speechIn(language), topic });
}

function rendered(edition: (typeof editions)['busy'], language: string): string {
  return renderTerminal(composed(edition, language), { width: 100, colour: false });
}
