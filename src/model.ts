/** A calendar date in no zone: `2024-10-23`. Made by `parseDay` in time.ts. */
export type Day = string & { readonly brand: 'Day' };

/** Names one stored item. Made by `itemId` in feeds/identity.ts. */
export type ItemId = string & { readonly brand: 'ItemId' };

/** Names one event for ever, such as `2024-01-02-k7`: its first known day and a short tail. Made by `eventId` in events/id.ts. */
export type EventId = string & { readonly brand: 'EventId' };

/** How exactly a day is known (ACLED keeps the same beside its event_date). */
export const precisions = ['day', 'range', 'week', 'month', 'year'] as const;
export type Precision = (typeof precisions)[number];

/** When something happened: from `start` to `end`, both included; equal for a single day. Absent where the day is unknown. */
export interface When {
  readonly start: Day;
  readonly end: Day;
  readonly precision: Precision;
}

/** A publisher: newspaper, wire, agency, ministry. */
export interface Source {
  readonly name: string;
  /** The house it belongs to; two sources of one family are one newsroom. */
  readonly family: string;
  /** ISO 3166 code of the country, in capitals; absent for an international body or where unknown. */
  readonly country?: string;
  readonly kind: 'wire' | 'press' | 'official' | 'state-media' | 'specialist' | 'aggregator';
  /** Its tie to a state, in words, where it has one. */
  readonly stance?: string;
}

/** One address that a source keeps filling. */
export interface Feed {
  readonly id: string;
  readonly url: string;
  readonly source: Source;
  /** BCP 47 language that the feed mostly carries; `und` where it carries several. */
  readonly language: string;
  readonly section?: string;
  readonly enabled: boolean;
  /** False where the pages of its articles are left alone, although it gives only their beginnings. */
  readonly fullText?: boolean;
  /** Hours for which the feed keeps an item, where measured. */
  readonly windowHours?: number;
  /** Families whose dispatches this source passes on under its own name. */
  readonly republishes: readonly string[];
}

/** One article as one feed (or an import) carried it. Never changed once stored. */
export interface Item {
  readonly id: ItemId;
  /** The feed that carried it; absent for an imported article. */
  readonly feed?: string;
  readonly source: Source;
  readonly url?: string;
  /** Plain text, one line; empty when the article has none. */
  readonly title: string;
  /** Plain text: the feed's summary, or the full article where we have it. Paragraphs are separated by line breaks. */
  readonly text: string;
  /** BCP 47, two letters; `und` when it cannot be told. */
  readonly language: string;
  /** When the source dated it; absent when it did not, or absurdly. */
  readonly published?: Date;
  /** How exactly `published` is known; `day` when only the date was given, absent when it is a full moment. */
  readonly publishedPrecision?: Precision;
  /** When we first fetched it. */
  readonly seen: Date;
  /** The item of which this one is a newer version. */
  readonly replaces?: ItemId;
}

export type Zone = 'hit' | 'related' | 'miss';

/** One term found in a text: why it counts. Offsets are UTF-16 positions in the text that was matched. */
export interface Evidence {
  readonly term: string;
  readonly concept: string;
  /** Language of the word list that holds the term; `und` for names. */
  readonly language: string;
  readonly start: number;
  readonly end: number;
}

/** The finding that an item is about a topic. Offsets count in `matchedText(item)`: title, line break, text. */
export interface Match {
  readonly topic: string;
  readonly zone: Zone;
  /** From 0 to 1; what it takes to be a hit stands in the topic. */
  readonly score: number;
  readonly evidence: readonly Evidence[];
  /** The stretches that are about the topic, as [start, end). */
  readonly passages: readonly (readonly [number, number])[];
}

/** `A→B` with two parties of the topic, or `both`, or `none`. */
export type Direction = string;

export const stances = [
  'asserts',
  'confirms',
  'acknowledges',
  'reports',
  'condemns',
  'demands',
  'denies',
  'expects',
  'retracts',
] as const;
export type Stance = (typeof stances)[number];

/** Who stands behind a claim: an actor of the topic, or a name as the text gives it. */
export interface Claimant {
  readonly id: string;
  readonly name: string;
}

export type Bound = 'exact' | 'at_least' | 'at_most' | 'about';

export interface Quantity {
  readonly value: number;
  readonly bound: Bound;
  /** What is counted: `soldiers`, `missiles`, `shells`, `containers`, `killed`, `killed_or_wounded`, `countries` … */
  readonly unit: string;
}

/** What one item says happened, or what somebody says in it. The unit of evidence. */
export interface Claim {
  readonly id: string;
  /** The item that carries it; absent for a claim of the shipped history, whose pages are the event's citations. */
  readonly item?: ItemId;
  /** One of the topic's kinds of event. */
  readonly kind: string;
  readonly direction: Direction;
  /** When it happened; absent when the text does not tell. */
  readonly when?: When;
  /** When it was said, where the text tells. */
  readonly said?: When;
  /** Everybody who says so together; empty when the outlet speaks for itself. */
  readonly claimants: readonly Claimant[];
  readonly stance: Stance;
  /** `background` is history told again: it may join an old event but is never news. */
  readonly role: 'news' | 'background';
  readonly quantities: readonly Quantity[];
  /** Ids from the topic's names. */
  readonly places: readonly string[];
  readonly weapons: readonly string[];
  readonly actors: readonly string[];
  /** The sentence that says it, as the item has it; empty for the shipped history (its pages belong to others). */
  readonly sentence: string;
  /** Where the sentence starts in `matchedText(item)`: title, line break, text. */
  readonly offset: number;
  readonly language: string;
}

export const statuses = ['claimed', 'corroborated', 'confirmed', 'contested', 'denied', 'retracted'] as const;
/** What the claims of an event add up to; the rule stands in events/status.ts. */
export type Status = (typeof statuses)[number];

/** A page that carries an event. */
export interface Citation {
  readonly item?: ItemId;
  readonly url?: string;
  readonly outlet: string;
  readonly family: string;
  readonly language: string;
  readonly title?: string;
  readonly published?: Date;
  /** Family of the agency whose dispatch it passes on, where it names one. */
  readonly wire?: string;
  /** The item whose wording it repeats: it adds no newsroom. */
  readonly copyOf?: ItemId;
}

/** What folding remembers of one report, to compare the next one with: plain JSON, about 1 kB. Made in events/likeness. */
export interface Signature {
  /** Absent for the shipped history. */
  readonly item?: ItemId;
  /** Whether it is a side story of its item, which has its main report elsewhere. */
  readonly isSide?: boolean;
  readonly language: string;
  /** Day of publication in UTC. */
  readonly published?: Day;
  /** Moment of publication in hours since 1970; absent where only the day is known. */
  readonly hour?: number;
  /** The day on which the report's news happened or was said, by its own words; else the day of publication. */
  readonly day?: Day;
  /** The day on which what it mainly tells was done, where it gives that to the day. */
  readonly done?: Day;
  /** Days that it names. */
  readonly days: readonly Day[];
  /** Weekdays that it names without a date, 1 for Monday; kept where its day is not known. */
  readonly weekdays?: readonly number[];
  /** Kinds of event that it tells as its news. */
  readonly kinds: readonly string[];
  readonly direction: Direction;
  /** Whether its news is that somebody denies something. */
  readonly denies: boolean;
  /** Claimants of its news. */
  readonly speakers: readonly string[];
  /** Sorts of weapons that its news is about: of all missiles one. */
  readonly weapons?: readonly string[];
  /** Ids of names and concepts of the topic that it speaks of. */
  readonly facts: readonly string[];
  /** Amounts that it gives, of whatever, 10 or more. */
  readonly amounts: readonly number[];
  /** What the claims of its news count. */
  readonly counts: readonly Pick<Quantity, 'value' | 'unit'>[];
  /** The words of its title, hashed; absent where the title is about something else. */
  readonly headline?: readonly number[];
  /** Its words, hashed, for reports in the same language. */
  readonly words: readonly number[];
  /** How its words sound, hashed, for reports in other languages. */
  readonly sounds: readonly number[];
}

/** What people decided about an event, whatever its claims add up to. */
export interface Corrected {
  readonly when?: When;
  readonly kind?: string;
  /** Set where a person has retracted it: the status that it has without that. */
  readonly retracted?: Status;
}

/** One happening at one time, as told by one or more claims. */
export interface NewsEvent {
  readonly id: EventId;
  readonly topic: string;
  readonly kind: string;
  readonly direction: Direction;
  /** By vote of the claims; absent while no claim tells. */
  readonly when?: When;
  readonly status: Status;
  /** One title a language; those of the shipped history are our own words. */
  readonly titles: Readonly<Record<string, string>>;
  /** Earliest first. */
  readonly claims: readonly Claim[];
  /** Earliest first. */
  readonly citations: readonly Citation[];
  readonly places: readonly string[];
  readonly weapons: readonly string[];
  readonly actors: readonly string[];
  /** How many newsrooms carry it that are independent of each other: distinct families, copies left out. */
  readonly newsrooms: number;
  readonly firstSeen: Date;
  readonly changed: Date;
  /** What folding compares new reports with: its first reports, at most 12. */
  readonly signatures?: readonly Signature[];
  /** Events that a person has told apart from it: they are never merged. */
  readonly apart?: readonly EventId[];
  /** Absent where nobody has corrected it; its day, kind and status follow what stands here. */
  readonly corrected?: Corrected;
}

/** From one day to another, both included, in a named zone. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
  /** IANA name, `Europe/Paris`. */
  readonly zone: string;
}
