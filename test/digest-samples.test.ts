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
\`npx vitest run test/digest-samples.test.ts -u\`; the same test fails when the page is not as the digests are. A whole stream of
news with the digests that it gives stands in \`test/fixtures/golden\`.

What a digest tells, and what it does not:

- New events, then developments (another status, day, figure or claimant, or a correction), denials, and statements; in each part the
  weightiest first, by kind, status, independent newsrooms and novelty. More coverage of the same is no news, nor is history told
  again.
- No more than somebody said: what is only expected, denied or reacted to is headed as that; "confirmed" is left to the parties
  and the United Nations; a figure that is disputed is a range, with who gives which.
- A state is not named beside its own minister who says the same, nor is it news when it repeats him. Copies of a dispatch are not
  linked; what brought a change is linked first.
- What one newsroom tells in its own words of a day that nobody knows, or what was long past when it was first told, is counted at
  the end, with the look-up that shows it; so is what there was no room for.
- The footer tells the period with its zone, until when all was known, how many sources were read, which failed, and in which
  languages the events were told.
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
