import { speechIn } from '../digests/speech.ts';
import { PostError, UserError } from '../src/errors.ts';
import { aMessage, words } from '../src/message.ts';
import type { Subscription } from '../src/subscription.ts';
import type { Context } from './command.ts';

/**
 * Says where digests will be posted, for everybody to read, that they will. That nothing can be posted there is found out
 * before anything is stored.
 *
 * @param phrase - how that is said, in the language of the digests
 * @throws {UserError} with the platform's reason
 */
export async function announce(subscription: Subscription, phrase: string, context: Context): Promise<void> {
  const { post, speech } = context;
  const { channel, language, zone, wishes, id } = subscription;
  const theirs = speechIn(language);
  const title = [words(theirs.say(phrase))];
  const message = aMessage({ title, language: theirs.language, zone });
  try {
    await post?.(channel, message, {
      key: `${id} hello ${wishes?.thread ?? ''}`.trim(),
      ...(wishes?.thread && { thread: wishes.thread }),
    });
  } catch (error) {
    if (!(error instanceof PostError)) throw error;
    throw new UserError(
      speech.say('error.channel', { reason: speech.words.refusals?.[error.message] ?? error.message }),
      { cause: error },
    );
  }
}
