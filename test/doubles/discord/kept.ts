import type { MessageBody } from './rules.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What Discord adds to a component that it keeps, by its type. */
const added: Readonly<Record<number, Fields>> = {
  3: { min_values: 1, max_values: 1 },
  13: { name: 'file', size: 1, spoiler: false },
  17: { accent_color: null, spoiler: false },
};

function keptFile(file: unknown): object {
  const url = 'https://cdn.example/file';
  return { filename: 'file', size: 1, url, proxy_url: url, ...(file as object), id: '1' };
}

/** A message's components as Discord gives them back: numbered, and with what was left out. */
export function keptComponents(body: MessageBody): MessageBody {
  let next = 0;
  const keep = (component: Fields): Fields => {
    next += 1;
    const { components, file } = component as { components?: readonly Fields[]; file?: Fields };
    return {
      id: next,
      ...added[component['type'] as number],
      ...component,
      ...(components === undefined ? {} : { components: components.map(keep) }),
      ...(file === undefined ? {} : { file: { id: '1', proxy_url: 'https://cdn.example', ...file } }),
    };
  };
  const components = (body.components ?? []) as unknown as readonly Fields[];
  const embeds = (body.embeds ?? []).map((embed) => ({ type: 'rich', ...embed }));
  return {
    ...body,
    ...(body.components === undefined ? {} : { components: components.map(keep) as never }),
    ...(body.embeds === undefined ? {} : { embeds }),
    ...(body.attachments === undefined ? {} : { attachments: body.attachments.map(keptFile) }),
  };
}
