import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compose } from '../digests/compose.ts';
import { speechIn, spoken } from '../digests/speech.ts';
import { renderTerminal } from '../src/channels/terminal-render.ts';
import type { Message } from '../src/message.ts';
import { loadTopic } from '../src/topics/topic.ts';
import { editions } from './editions.ts';
import { discordLook, slackLook } from './looks.ts';

const GUIDE = 'docs/guide.md';
const topic = loadTopic('src/topics/dprk-russia');

test('the guide shows three digests in each language as they are (npx vitest run test/digest-samples.test.ts -u)', async () => {
  const { before, after } = aroundDigests(readFileSync(GUIDE, 'utf8'));
  const shown = spoken.map((language) => folded(speechIn(language).words.name, daysIn(language)));
  await expect(`${before}\n${shown.join('\n')}\n${after}`).toMatchFileSnapshot(`../${GUIDE}`);
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

/** What stands before and after the digests in the guide. */
function aroundDigests(guide: string) {
  const found = /^(?<before>[^]*<!-- digests: .*-->\n)[^]*(?<after><!-- end of digests -->[^]*)$/.exec(guide);
  if (found?.groups === undefined) throw new Error(`${GUIDE} has lost the marks of its digests`);
  return found.groups;
}

function daysIn(language: string): string {
  const days = Object.entries(editions).map(([day, edition]) => {
    const message = composed(edition, language);
    const looks = { Discord: discordLook(message), Slack: slackLook(message) };
    return Object.entries(looks).map(
      ([platform, look]) => `**A ${day} day on ${platform}**\n\n${quoted(look)}`,
    );
  });
  return days.flat().join('\n\n');
}

function folded(name: string, text: string): string {
  return `<details><summary><b>${name}</b></summary>\n\n${text}\n\n</details>\n`;
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
