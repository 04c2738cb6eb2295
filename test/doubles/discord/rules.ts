const V2_FLAG = 1 << 15;

interface Component {
  readonly type: number;
  readonly content?: string;
  readonly custom_id?: string;
  readonly components?: readonly Component[];
  readonly accessory?: Component;
}

export interface MessageBody {
  readonly content?: string;
  readonly flags?: number;
  readonly embeds?: readonly unknown[];
  readonly components?: readonly Component[];
  readonly nonce?: string | number;
  readonly enforce_nonce?: boolean;
  readonly allowed_mentions?: { readonly parse?: readonly string[] };
}

/** What Discord refuses although its description does not say so (the official documentation, and threads about it). */
export function brokenRules(body: MessageBody): string[] {
  const all = flat(body.components ?? []);
  const text = all.reduce((sum, { content }) => sum + (content?.length ?? 0), 0);
  const ids = all.flatMap(({ custom_id }) => custom_id ?? []);
  const isV2 = ((body.flags ?? 0) & V2_FLAG) !== 0;
  const rules: [boolean, string][] = [
    [
      isV2 && ((body.content !== undefined && body.content !== '') || (body.embeds?.length ?? 0) > 0),
      'V2 with content or embeds',
    ],
    [!isV2 && all.some(({ type }) => type >= 9 && type !== 18), 'V2 component without the flag'],
    [all.length > 40, `${all.length} components`],
    [text > 4000, `${text} characters of text`],
    [all.length === 0 && (body.content ?? '') === '', 'empty message'],
    [new Set(ids).size !== ids.length, 'one custom_id twice'],
    [body.allowed_mentions?.parse?.length !== 0, 'mentions are not switched off'],
    [all.some(({ type, content }) => type === 10 && (content ?? '').trim() === ''), 'blank text'],
  ];
  return rules.filter(([isBroken]) => isBroken).map(([, rule]) => rule);
}

function flat(components: readonly Component[]): Component[] {
  return components.flatMap((component) => [
    component,
    ...flat(component.components ?? []),
    ...flat(component.accessory === undefined ? [] : [component.accessory]),
  ]);
}
