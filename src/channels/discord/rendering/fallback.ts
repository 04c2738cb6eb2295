import type { APIEmbed } from 'discord.js';
import type { Block, Line, Message } from '../../../message.ts';
import { COLOURS } from './render.ts';
import { discordLine } from './text.ts';

const LONGEST_TITLE = 256;
/** Together below the 4096 that Discord takes in a description. */
const LONGEST_TEXT = 3000;
const LONGEST_FOOTER = 1000;

/**
 * Writes a message as one embed, the older form: for when Discord takes no components of version 2, and for messages
 * that were posted so. What does not fit is left out by whole lines.
 */
export function renderEmbed({ title, blocks, footer, tone }: Message): APIEmbed {
  const heading = discordLine(title).trim();
  const isTitle = heading !== '' && heading.length <= LONGEST_TITLE;
  const lines = blocks.flatMap(linesOf);
  const text = whole(isTitle || heading === '' ? lines : [`**${heading}**`, ...lines], LONGEST_TEXT);
  // A footer takes no markup, so it stands in the text as small print.
  const small = whole(
    footer.map((line) => `-# ${discordLine(line)}`),
    LONGEST_FOOTER,
  );
  const description = [text, small].filter((part) => part.trim() !== '').join('\n');
  return {
    color: COLOURS[tone],
    ...(isTitle ? { title: heading } : {}),
    description: description.trim() === '' ? '…' : description,
  };
}

function linesOf(block: Block): string[] {
  switch (block.kind) {
    case 'text':
      return [discordLine(block.line)];
    case 'heading':
      return [`**${discordLine(block.line)}**`];
    case 'entries':
      return block.entries.flatMap(({ line, details }) => [`- ${discordLine(line)}`, ...details.map(detail)]);
    case 'facts':
      return block.facts.map(({ name, value }) => `**${name}** ${discordLine(value)}`);
  }
}

function detail(line: Line): string {
  return `  - ${discordLine(line)}`;
}

function whole(lines: readonly string[], most: number): string {
  const kept: string[] = [];
  let length = 0;
  for (const line of lines) {
    length += line.length + 1;
    if (length > most - 1) return [...kept, '…'].join('\n');
    kept.push(line);
  }
  return kept.join('\n');
}
