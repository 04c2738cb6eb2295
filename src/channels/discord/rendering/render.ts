import { ComponentType, MessageFlags } from 'discord.js';
import type { APIMessageTopLevelComponent } from 'discord.js';
import type { Block, Entry, Line, Message } from '../../../message.ts';
import type { Signer } from '../../signer.ts';
import { actionRows } from './actions.ts';
import { discordLine } from './text.ts';

/** What Discord is sent for one message of ours; a long one takes several. */
export interface Rendered {
  readonly components: readonly APIMessageTopLevelComponent[];
  readonly flags: number;
  readonly allowedMentions: { readonly parse: [] };
  readonly files: readonly { readonly name: string; readonly attachment: Buffer }[];
}

/** Text that one message holds at most: Discord counts 4000 over all its text displays; some room is kept. */
const MOST_TEXT = 3800;
/** Text displays in one container. With files and buttons they stay below Discord's 40 components a message. */
const MOST_PIECES = 12;
/** Files that go with one message. */
const MOST_FILES = 3;
/** A digest or answer takes no more messages than this: one and five that follow, as many as Discord takes anywhere. */
export const MOST_PARTS = 6;

/** Accent colours: calm for answers, noticeable for digests, warning for what could not be done. */
export const COLOURS = { digest: 0x2f5d8a, answer: 0x5c6f7f, problem: 0xb5482f } as const;

/**
 * Writes a message as Discord's components (version 2), within Discord's limits by construction.
 *
 * @param signer - makes the text that a button carries so that nobody else can make one
 * @param most - parts that there may be; what would need more is cut short, with a sign that says so
 * @returns at least one part; buttons and files go with the last
 */
export function renderDiscord(message: Message, signer: Signer, most = MOST_PARTS): readonly Rendered[] {
  const parts = packed(piecesOf(message), most);
  const files = message.files.slice(0, MOST_FILES);
  return parts.map((pieces, index) => {
    const isLast = index === parts.length - 1;
    const container = containerOf(pieces, message.tone, isLast ? files.map(({ name }) => name) : []);
    return {
      components: [container, ...(isLast ? actionRows(message.actions, signer) : [])],
      flags: MessageFlags.IsComponentsV2,
      allowedMentions: { parse: [] },
      files: isLast ? files.map(({ name, text }) => ({ name, attachment: Buffer.from(text) })) : [],
    };
  });
}

function containerOf(
  pieces: readonly string[],
  tone: Message['tone'],
  files: readonly string[],
): APIMessageTopLevelComponent {
  return {
    type: ComponentType.Container,
    accent_color: COLOURS[tone],
    components: [
      ...pieces.map((content) => ({ type: ComponentType.TextDisplay as const, content })),
      ...files.map((name) => ({ type: ComponentType.File as const, file: { url: `attachment://${name}` } })),
    ],
  };
}

/** The message as pieces of markup that must not be torn apart. */
function piecesOf(message: Message): string[] {
  const footer = message.footer.map((line) => `-# ${discordLine(line)}`).join('\n');
  return [`## ${discordLine(message.title)}`, ...message.blocks.flatMap(blockPieces), footer].filter(isSaid);
}

function blockPieces(block: Block): string[] {
  switch (block.kind) {
    case 'text':
      return [discordLine(block.line)];
    case 'heading':
      return [`### ${discordLine(block.line)}`];
    case 'entries':
      return block.entries.map(entryText);
    case 'facts':
      return [block.facts.map(({ name, value }) => `**${name}** ${discordLine(value)}`).join('\n')];
  }
}

/** An entry with as many of its details as one message holds. */
function entryText({ line, details }: Entry): string {
  const lines = [`- ${discordLine(line)}`, ...details.map(detailText)];
  while (lines.length > 1 && lines.join('\n').length > MOST_TEXT) lines.pop();
  return lines.join('\n');
}

function detailText(line: Line): string {
  return `  - ${discordLine(line)}`;
}

/** Lays pieces into messages in order: joins short ones, starts a new message when one is full. */
function packed(pieces: readonly string[], most: number): string[][] {
  const parts: string[][] = [[]];
  let length = 0;
  for (const piece of pieces.flatMap(withinLimit)) {
    const part = parts.at(-1) ?? [];
    if (part.length > 0 && (length + piece.length > MOST_TEXT || part.length === MOST_PIECES)) {
      parts.push([piece]);
      length = piece.length;
    } else {
      part.push(piece);
      length += piece.length;
    }
  }
  if (parts.length <= most) return parts;
  const last = parts[most - 1] ?? [];
  return [...parts.slice(0, most - 1), [...last.slice(0, -1), '…']];
}

/** A piece that no message holds is cut between its lines. */
function withinLimit(piece: string): string[] {
  if (piece.length <= MOST_TEXT) return [piece];
  const kept: string[] = [];
  for (const line of piece.split('\n')) {
    if ([...kept, line].join('\n').length > MOST_TEXT - 2) return [...[kept.join('\n')].filter(isSaid), '…'];
    kept.push(line);
  }
  return [kept.join('\n')];
}

function isSaid(text: string): boolean {
  return text.trim() !== '';
}
