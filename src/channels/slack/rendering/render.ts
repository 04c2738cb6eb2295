import type { types } from '@slack/bolt';
import { harmless, type Block, type Entry, type Line, type Message } from '../../../message.ts';
import { shorten } from '../../shorten.ts';
import type { Signer } from '../../signer.ts';
import { actionBlocks } from './actions.ts';
import { escaped, plainLine, richLine, weightOf } from './text.ts';

/** What Slack is sent for one message of ours; a long one takes several. */
export interface Rendered {
  /** What notifications and screen readers say. */
  readonly text: string;
  readonly blocks: types.KnownBlock[];
}

/**
 * Text of a message's body. Over all blocks Slack refuses somewhere above 10,000 (bolt-js issue 2509); the rest is for the
 * title, small print and buttons.
 */
const MOST_TEXT = 5000;
/** Elements of rich text in one message. */
const MOST_ELEMENTS = 120;
const MOST_FOOTER_LINES = 5;
const LONGEST_FOOTER_LINE = 200;
const LONGEST_FALLBACK = 400;
const LONGEST_HEADER = 150;
/** As much of a file is shown. */
const LONGEST_FILE = 4000;
/** A digest that would take more messages than this is cut short, with a sign that says so. */
export const MOST_PARTS = 6;

const MORE: Piece = {
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: '…' }] }],
  weight: 1,
};

/** Rich text that must not be torn apart. */
interface Piece {
  readonly elements: readonly types.RichTextBlockElement[];
  readonly weight: number;
}

/**
 * Writes a message as Slack's blocks, within Slack's limits by construction.
 *
 * @param signer - makes the text that a button carries so that nobody else can make one
 * @param most - parts it may take
 * @returns at least one part; the title stands in the first, buttons and small print in the last
 */
export function renderSlack(
  message: Message,
  signer: Signer,
  most: number = MOST_PARTS,
): readonly Rendered[] {
  const parts = packed(piecesOf(message), most);
  const title = plainLine(message.title, message.zone);
  return parts.map((pieces, index) => ({
    text: fallbackOf(title, index === 0 ? message : undefined),
    blocks: [
      ...(index === 0 ? titleBlocks(message, title) : []),
      ...bodyBlocks(pieces),
      ...(index === parts.length - 1 ? endBlocks(message, signer) : []),
    ],
  }));
}

/** A fallback says in plain text how the message begins. */
function fallbackOf(title: string, message: Message | undefined): string {
  const texts = (message?.blocks ?? []).flatMap((block) => (block.kind === 'text' ? [block.line] : []));
  const lines = [title, ...texts.map((line) => plainLine(line, message?.zone ?? 'UTC'))].filter(
    (line) => line !== '',
  );
  return escaped(shorten(lines.join('\n'), LONGEST_FALLBACK)) || '…';
}

/** A title as a header; what concerns the asker alone, or is too long for one, as a sentence. */
function titleBlocks({ title, tone }: Message, text: string): types.KnownBlock[] {
  if (tone !== 'problem' && text !== '' && escaped(text).length <= LONGEST_HEADER) {
    return [{ type: 'header', text: { type: 'plain_text', text, emoji: false } }];
  }
  const elements = richLine(title, tone === 'problem' ? undefined : 'strong');
  return elements.length === 0
    ? []
    : [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }];
}

function bodyBlocks(pieces: readonly Piece[]): types.KnownBlock[] {
  const elements = pieces.flatMap((piece) => piece.elements);
  return elements.length === 0 ? [] : [{ type: 'rich_text', elements }];
}

function endBlocks({ footer, actions, zone }: Message, signer: Signer): types.KnownBlock[] {
  const lines = footer
    .filter((line) => !holdsLink(line))
    .slice(0, MOST_FOOTER_LINES)
    .map((line) => shorten(plainLine(line, zone), LONGEST_FOOTER_LINE))
    .filter((text) => text !== '');
  const context: types.KnownBlock[] = lines.map((text) => ({
    type: 'context',
    elements: [{ type: 'plain_text', text, emoji: false }],
  }));
  return [...actionBlocks(actions, signer), ...context];
}

/** The message as pieces; small print with links is one of them, as Slack's own small print takes none safely. */
function piecesOf({ blocks, files, footer }: Message): Piece[] {
  const pieces = [
    ...blocks.flatMap(blockPieces),
    ...files.map(({ name, text }) => filePiece(name, text)),
    ...footer.filter(holdsLink).map((line) => pieceOf([paragraph(richLine(line))])),
  ];
  return pieces.filter(({ elements }) => elements.length > 0);
}

function holdsLink(line: Line): boolean {
  return line.some(({ kind }) => kind === 'link');
}

function blockPieces(block: Block): Piece[] {
  switch (block.kind) {
    case 'text':
      return [pieceOf([paragraph(richLine(block.line))])];
    case 'heading':
      return [pieceOf([paragraph([{ type: 'text', text: '\n' }, ...richLine(block.line, 'strong')])])];
    case 'entries':
      return block.entries.map(entryPiece);
    case 'facts':
      return block.facts.map(({ name, value }) =>
        pieceOf([
          paragraph([
            ...richLine([{ kind: 'words', text: `${name} `, manner: 'strong' }]),
            ...richLine(value),
          ]),
        ]),
      );
  }
}

/** An entry with as many of its details as one message holds. */
function entryPiece({ line, details }: Entry): Piece {
  const items = [bullets([line], 0)];
  let weight = weightIn(items);
  const kept: Line[] = [];
  for (const detail of details) {
    weight += weightIn([bullets([detail], 1)]);
    if (weight > MOST_TEXT || kept.length === MOST_ELEMENTS / 2) break;
    kept.push(detail);
  }
  return pieceOf([...items, bullets(kept, 1)]);
}

function bullets(lines: readonly Line[], indent: number): types.RichTextList {
  const elements = lines
    .map((line) => richLine(line))
    .filter((line) => line.length > 0)
    .map((line) => ({ type: 'rich_text_section' as const, elements: line }));
  return { type: 'rich_text_list', style: 'bullet', indent, elements };
}

/** A file as text that can be copied: Slack keeps no file in an answer that only one person sees. */
function filePiece(name: string, text: string): Piece {
  const kept: string[] = [];
  let length = 0;
  for (const line of text.split('\n').map(harmless)) {
    length += escaped(line).length + 1;
    if (length > LONGEST_FILE) {
      kept.push('…');
      break;
    }
    kept.push(line);
  }
  return pieceOf([
    paragraph(richLine([{ kind: 'foreign', text: name, manner: 'strong' }])),
    { type: 'rich_text_preformatted', elements: [{ type: 'text', text: kept.join('\n') || ' ' }] },
  ]);
}

function paragraph(elements: types.RichTextElement[]): types.RichTextSection {
  return {
    type: 'rich_text_section',
    elements: elements.length === 0 ? [] : [...elements, { type: 'text', text: '\n' }],
  };
}

function pieceOf(elements: readonly types.RichTextBlockElement[]): Piece {
  const said = elements.filter((element) => element.elements.length > 0);
  return { elements: said, weight: weightIn(said) };
}

function weightIn(elements: readonly types.RichTextBlockElement[]): number {
  return elements.reduce((sum, element) => {
    if (element.type !== 'rich_text_list') return sum + sumOf(element.elements);
    return sum + element.elements.reduce((inner, section) => inner + sumOf(section.elements), 0);
  }, 0);
}

function sumOf(elements: readonly types.RichTextElement[]): number {
  return elements.reduce((sum, element) => sum + weightOf(element), 0);
}

/** Lays pieces into messages in order; starts a new message when one is full. */
function packed(pieces: readonly Piece[], most: number): Piece[][] {
  const parts: Piece[][] = [[]];
  let [weight, count] = [0, 0];
  for (const piece of pieces) {
    const isFull = weight + piece.weight > MOST_TEXT || count + piece.elements.length > MOST_ELEMENTS;
    if (isFull && count > 0) {
      parts.push([]);
      [weight, count] = [0, 0];
    }
    parts.at(-1)?.push(piece);
    weight += piece.weight;
    count += piece.elements.length;
  }
  if (parts.length <= most) return parts;
  const last = parts[most - 1] ?? [];
  return [...parts.slice(0, most - 1), [...last.slice(0, -1), MORE]];
}
