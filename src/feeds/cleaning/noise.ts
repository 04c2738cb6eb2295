import { foldBlanks } from '../reading/html-text.ts';
import { anyOf } from './phrases.ts';

/** What remains of a text, and what was said below its pictures. */
export interface Sifted {
  readonly paragraphs: readonly string[];
  readonly captions: readonly Caption[];
}

export interface Caption {
  readonly text: string;
  /** The date beside it, as written; absent where there is none. */
  readonly date?: string;
}

const LONGEST_HEADLINE = 160;
const LONGEST_INVITATION = 240;
const LONGEST_CREDIT = 90;
const LEAST_CAPITALS = 20;
const CAPITALS_SHARE = 0.9;

const MARKS = /\[ad_\d+\]|\{\{[^{}\n]{0,80}\}\}|^\s*t{2,}n-[a-z]{2}-\d+\s*$/gm;
const TIKTOK = /@[\w.]+ [^\n@]*?♬[^\n]*?(?: [–-] \S+)?(?= \p{Lu}[\p{Ll}’']* |\n|$)/gu;
const TWEET = /(?:— [^\n(]{1,60} \(@\w+\)[^\n]{0,40}?\d{4}|(?:pic\.twitter\.com|t\.co)\/\w+)/gu;
const HASHTAGS = /(?:(?<=^|\s)#[\p{L}\p{N}_]+\s*){2,}/gmu;
const VIDEO_DATE = /(\d{1,2}[./]\d{1,2}[./]\d{4}|\d{1,2}\.? \p{L}{3,12} \d{4})\s*\|\s*\d{1,3}:\d{2}/u;

const readAlso = new RegExp(`^${anyOf('readAlso')}\\s*(?:[:：]\\s*|$)(.*)$`, 'iu');
const invitation = new RegExp(`^${anyOf('invitation')}(?![\\p{L}\\p{N}-])`, 'iu');
const credit = new RegExp(`^${anyOf('credit')}\\s*[:：=/／]\\s*\\S.*$`, 'iu');
const creditOpening = new RegExp(`^[(（]?${anyOf('creditOpening')}`, 'iu');
const alone = new RegExp(`^${anyOf('alone')}[\\s.…:!]*$`, 'iu');
const creditEnding = new RegExp(`[(（]${anyOf('creditEnding')}[)）]\\.?$`, 'iu');
/** Separates what a reader would call the article from what its page put around it. */
export function sift(text: string): Sifted {
  const lines = foldBlanks(withoutMarks(text)).split('\n');
  const captions: Caption[] = [];
  const paragraphs: string[] = [];
  let isAnnounced = false;
  for (const [index, line] of lines.entries()) {
    const caption = captionIn(line);
    const isOfOther = isAnnounced && isHeadline(line);
    isAnnounced = readAlso.exec(line)?.[1] === '';
    if (caption !== undefined) captions.push(caption);
    else if (!isOfOther && !isNoise(line, index)) paragraphs.push(withoutInvitations(line));
  }
  return { paragraphs: paragraphs.filter((line) => line !== ''), captions };
}

function withoutMarks(text: string): string {
  return text
    .replace(MARKS, '')
    .replace(TIKTOK, '\n')
    .replace(TWEET, '')
    .replace(HASHTAGS, ' ')
    .replace(/^\s*(?:[:⇒➡►▶•]|[-–—*]\s*$)[^\S\n]*/gm, '');
}

function captionIn(line: string): Caption | undefined {
  const video = VIDEO_DATE.exec(line);
  if (video && line.length <= LONGEST_INVITATION) {
    return { text: line.slice(0, video.index).trim(), date: video[1] ?? '' };
  }
  return line.length <= LONGEST_INVITATION && creditEnding.test(line) ? { text: line } : undefined;
}

function isHeadline(line: string): boolean {
  return line.length <= LONGEST_HEADLINE && !/[.!]$/.test(line);
}

function isNoise(line: string, index: number): boolean {
  if (readAlso.test(line) || alone.test(line) || creditOpening.test(line)) return true;
  if (line.length <= LONGEST_CREDIT && credit.test(line)) return true;
  return index > 0 && isShouted(line);
}

/** Headlines of other articles stand between the paragraphs in capitals. */
function isShouted(line: string): boolean {
  const capitals = line.match(/\p{Lu}/gu)?.length ?? 0;
  const small = line.match(/\p{Ll}/gu)?.length ?? 0;
  return capitals >= LEAST_CAPITALS && capitals >= (capitals + small) * CAPITALS_SHARE;
}

/** Leaves out the sentences that speak to the reader of the page: follow us, subscribe, welcome. */
function withoutInvitations(line: string): string {
  return line
    .split(/(?<=[.!?…][»”"’)]?)\s+(?=["«“]?\p{Lu})/u)
    .filter(
      (sentence) =>
        sentence.length > LONGEST_INVITATION || !invitation.test(sentence.replace(/^[^\p{L}\p{N}]+/u, '')),
    )
    .join(' ');
}
