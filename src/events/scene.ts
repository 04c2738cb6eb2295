import type { Claimant } from '../model.ts';
import type { Mention } from './mentions.ts';
import type { Passage } from './passages.ts';

/** One who speaks: an actor of the topic, or whoever the text names. */
export interface Speaker extends Claimant {
  /** The state or body for which it speaks in the end; its own id when unknown. */
  readonly root: string;
}

/** What is needed to tell who speaks in a passage. */
export interface Scene {
  readonly passage: Passage;
  /** The text that the passage's offsets count in. */
  readonly text: string;
  /** Who spoke last, in passages before this one. */
  readonly before: readonly Speaker[];
  /** The last who spoke together: who signed a joint statement. */
  readonly together: readonly Speaker[];
  /** Whether the verb stands at the end of a sentence, the speaker at its beginning. */
  readonly isVerbLast: boolean;
  readonly speakerOf: (mention: Mention) => Speaker;
}
