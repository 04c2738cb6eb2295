import type { Line, Message, TextFile } from '../../../message.ts';
import type { Place } from './people.ts';

/**
 * Hands over the files of a message: to everybody in the channel, or to the asker alone, in their conversation with Tumen. The
 * message then names them with links. Where Slack does not take them, the message keeps them, to be shown as text.
 *
 * @param onWarning - told why Slack did not take one, such as the scope files:write missing
 */
export async function handOver(
  message: Message,
  place: Place,
  { isForAll, onWarning }: { isForAll: boolean; onWarning: (what: string, error: unknown) => void },
): Promise<Message> {
  if (message.files.length === 0) return message;
  try {
    const channel = isForAll ? place.channel : await ownChannel(place);
    const lines: Line[] = [];
    for (const file of message.files) lines.push(await upload(file, channel, place));
    const blocks = lines.map((line) => ({ kind: 'text' as const, line }));
    return { ...message, blocks: [...message.blocks, ...blocks], files: [] };
  } catch (error) {
    onWarning('slack file', error);
    return message;
  }
}

/** The conversation that somebody has with Tumen. */
async function ownChannel({ client, user }: Place): Promise<string> {
  const { channel } = await client.conversations.open({ users: user });
  if (channel?.id === undefined) throw new Error('Slack opened no conversation');
  return channel.id;
}

async function upload({ name, text }: TextFile, channel: string, { client }: Place): Promise<Line> {
  const { files } = await client.filesUploadV2({
    channel_id: channel,
    filename: name,
    title: name,
    content: text,
  });
  const url = files[0]?.files?.[0]?.permalink;
  return [url === undefined ? { kind: 'foreign', text: name } : { kind: 'link', label: name, url }];
}
