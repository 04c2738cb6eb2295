import {
  ChannelSelectMenuBuilder,
  LabelBuilder,
  ModalBuilder,
  type ModalSubmitInteraction,
  RoleSelectMenuBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import type { Choice, Form, FormOption, Request } from '../../form.ts';
import { shorten } from '../shorten.ts';
import type { Signer } from '../signer.ts';

/** Fields in one modal, and the longest title of one (Discord's limits). */
const MOST_FIELDS = 5;
const LONGEST_TITLE = 45;
const MOST_CHOICES = 25;
const LONGEST_CHOICE = 100;

/** A form as a modal with the options that are known filled in. What can be chosen is chosen, not typed. */
export function modalFor(request: Request, form: Form | undefined, signer: Signer): ModalBuilder {
  const bare = request.subcommand === undefined ? {} : { subcommand: request.subcommand };
  const id = signer.sign({ effect: 'form', request: { command: request.command, ...bare, options: {} } });
  return new ModalBuilder()
    .setCustomId(id ?? 'form')
    .setTitle(shorten(form?.description ?? request.command, LONGEST_TITLE))
    .addLabelComponents((form?.options ?? []).slice(0, MOST_FIELDS).map((option) => field(option, request)));
}

/** What was filled in, by option; what was left empty is absent. */
export function filledIn({ fields }: ModalSubmitInteraction): Record<string, string> {
  const pairs = [...fields.fields.values()].flatMap((given) => {
    const value = 'values' in given ? given.values[0] : 'value' in given ? given.value : undefined;
    return typeof value === 'string' && value !== '' ? [[given.customId, value] as const] : [];
  });
  return Object.fromEntries(pairs);
}

function field(option: FormOption, { options }: Request): LabelBuilder {
  const label = new LabelBuilder().setLabel(shorten(option.description, LONGEST_TITLE));
  const known = options[option.name];
  const { name, required } = option;
  if (option.type === 'channel')
    return label.setChannelSelectMenuComponent(
      new ChannelSelectMenuBuilder().setCustomId(name).setRequired(required),
    );
  if (option.type === 'role')
    return label.setRoleSelectMenuComponent(
      new RoleSelectMenuBuilder().setCustomId(name).setRequired(required),
    );
  if (option.choices.length > 0)
    return label.setStringSelectMenuComponent(
      new StringSelectMenuBuilder()
        .setCustomId(name)
        .setRequired(required)
        .addOptions(option.choices.slice(0, MOST_CHOICES).map((choice) => offered(choice, known))),
    );
  const input = new TextInputBuilder().setCustomId(name).setStyle(TextInputStyle.Short).setRequired(required);
  return label.setTextInputComponent(known === undefined ? input : input.setValue(known));
}

function offered({ label, value }: Choice, known: string | undefined) {
  return { label: shorten(label, LONGEST_CHOICE), value, default: value === known };
}
