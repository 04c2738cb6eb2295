import type { DateWords } from './words.ts';

/** What a run of date words means; resolve.ts turns each into days. */
export type Rule =
  | 'figures'
  | 'nightBetween'
  | 'night'
  | 'count'
  | 'span'
  | 'dayRange'
  | 'day'
  | 'partialFigures'
  | 'weekdayInWeek'
  | 'weekdayRange'
  | 'weekday'
  | 'dayOfMonth'
  | 'monthRange'
  | 'partOfMonth'
  | 'partOfWeek'
  | 'month'
  | 'partOfYear'
  | 'year'
  | 'yearRange'
  | 'season'
  | 'quarter'
  | 'week'
  | 'weekend'
  | 'relativeDay'
  | 'sinceMention';

export interface Pattern {
  readonly rule: Rule;
  readonly pattern: RegExp;
}

/*
 * The patterns read letters: one per word of a date (lexicon.ts) and one per mark between two words,
 * `,` `-` `(` `)` `.` `/`, or `|` where anything else stands between them.
 */
const AT = '[VOKGg>T]*';
const OF = '[OKV]*';
const AND_TO = '[-&>]';
const WEEKDAY = '(?:[Wwv]\\.?[hHd]?[,(]?[VOKGg>Td]*)?';
const IN_BRACKETS = '(?:\\([WwvX]\\.?\\)?|[Wv][hd]?)?';
/** "Last year in October", "2023 yılının aralık ayında". */
const YEAR_BEFORE = '(?:(?:J|[LTN]y|y[LTN])[,VOK]*|Y[yz]?[OK]?)?';
const YEAR = '(?:,?[OKV]*(?:[yz]?[OK]?Y[yz]?|[Jl]|[LTN]y|y[LTN]))';
/** A month by name, or by both of its names: "October/Tishreen". */
const MONTH = '(?:(?:o[OKV]*)?[Mma](?:/[Mma])?o?)';
const MONTH_OF_NOW = '(?:[Ii]|[LTN]o|o[LTN])';
const RANGE_START = '(?:[Ww]\\.?,?[VT]*)?(?:D\\.?,)*D\\.?';
const RANGE_END = `(?:[Ww]\\.?,?[VT]*)?D\\.?${OF}(?:${MONTH}|${MONTH_OF_NOW})${YEAR}?`;
const COUNT = '[D#n]V?[dfuopy]';
const NOT_COUNTED = '(?![D#n]?[duopyfkq])';

const common: readonly (readonly [Rule, string])[] = [
  ['figures', `${WEEKDAY}d?[XZ]${IN_BRACKETS}`],
  [
    'nightBetween',
    `[Hj]${AT}(?:${RANGE_START}c?(?:${OF}${MONTH}${YEAR}?)?|[Wv])${AND_TO}${AT}(?:${RANGE_END}|[Wv])`,
  ],
  ['night', `[Hj]${AT}(?:${WEEKDAY}D\\.?${OF}${MONTH}${YEAR}?|[Wv]|[XZ])`],
  ['count', `(?:G${COUNT}|Ge|G[dfuopy](?!Y)|${COUNT}A|eA|[uopy]A)`],
  ['count', `(?:g${COUNT}|ge)`],
  ['span', `(?:L[D#n][dfuopy]|[D#]L[dfuopy])`],
  ['dayRange', `${RANGE_START}${OF}${MONTH}${YEAR}?[->]${AT}${RANGE_END}`],
  ['dayRange', `K[VO]*${RANGE_START}${OF}${MONTH}${YEAR}?&${AT}${RANGE_END}`],
  ['dayRange', `[KV]*${RANGE_START}c?${AND_TO}${AT}${RANGE_END}`],
  [
    'day',
    `${YEAR_BEFORE}[LTN]?${WEEKDAY}d?D\\.?${OF}(?:${MONTH}|${OF}${MONTH_OF_NOW})${YEAR}?(?:[LTN]${NOT_COUNTED})?${IN_BRACKETS}[hH]?`,
  ],
  ['weekdayInWeek', `[Wwv][hHd]?,?[VOKT>]*(?:Q|[LTN]u|u[LTN])`],
  ['weekdayInWeek', `(?:Q|[LTN]u|u[LTN])[VOK>]*[Wv]`],
  ['weekdayRange', `(?:K[VO]*)?[Wv]${AND_TO}${AT}[Wv]`],
  ['partialFigures', `[Wwv][,(]?${AT}D[/]D(?![/Dn])`],
  ['weekday', `[LTN]?[Wv](?:,?[VT]+|[(d]|,(?=D\\.))?D(?!\\.?[OKV]?[Mma]|[/nD#]|[duofpyk])`],
  ['weekday', `[LTN]W[hHd]?|W(?:[LTN]${NOT_COUNTED}|[hHd])?|[LTNdhHVK>]+v(?:[LTN]|[dhH])?|v(?:[LTN]|[dhH])`],
  ['monthRange', `${MONTH}${YEAR}?[->]${AT}${MONTH}${YEAR}?|K[VO]*${MONTH}${YEAR}?&${AT}${MONTH}${YEAR}?`],
  [
    'partOfMonth',
    `[BCE][TVOK]*(?:${MONTH}|${MONTH_OF_NOW})${YEAR}?|(?:${MONTH}${YEAR}?|${MONTH_OF_NOW})[OKV]?[BCE]`,
  ],
  ['partOfWeek', `[BCE][TVOK]*(?:Q|[LTN]u|u[LTN]|u)`],
  ['month', `${YEAR_BEFORE}(?:[Ma]|m(?=,?[OKV]*y?Y))o?${YEAR}`],
  ['month', `(?:(?:J|[LTN]y|y[LTN])[,VOK]*|Y[yz]?[OK]?)[Ma]o?|ao`],
  ['month', `(?:[LTN]o?O?)?M(?:o?[LTN]${NOT_COUNTED})?|[LTNVOKGg>&]+o?O?ao?(?:[LTN]${NOT_COUNTED})?|a[LTN]`],
  ['month', MONTH_OF_NOW],
  ['quarter', `[D#]\\.?q[OKV]*(?:Y[yz]?|J|[LTN]y|y[LTN])?`],
  [
    'season',
    `(?:(?:J|[LTN]y)[VOK]*|Y[yz]?[OK]?)[SsU]|(?:[LTNVOKGg>]+S|[LTN]?U|S(?=${YEAR}))(?:${YEAR}|[LTN]${NOT_COUNTED})?`,
  ],
  ['season', `[LTN]s|s(?:${YEAR}|[LTN])`],
  [
    'partOfYear',
    `[BCE][TOK]*(?:y?Y[yz]?|J|[LTN]y|y[LTN])|(?:J|Y[yz]?|[LTN]?y)[OK]?[BCE]|[BCE][TVOK]*[yo](?![LTN])`,
  ],
  ['week', `Q|[LTN]u|u[LTN]`],
  ['weekend', `[LTN]?k[LTN]?|t`],
  ['yearRange', `[VOKGg]*Y[yz]?[-&>][VOKGg]*Y[yz]?`],
  ['year', `J|[LTN]y|y[LTN]|[VOKGgBE&>]?[yz]?[OK]?Y[yz]?`],
  ['relativeDay', `R[hH]?|j`],
  ['sinceMention', 'r'],
  ['dayOfMonth', `[LTN]?Dc|[VOK>d]+D(?:>?[hH]|(?![D#nMmaduofpykq/&-]))`],
];

const monthFirst: readonly (readonly [Rule, string])[] = [
  ['dayRange', `[Mma]D[-&>]${AT}D(?!\\.?[OKV]?[Mma])(?:,?Y)?`],
  ['dayRange', `[Mma]D(?:,?Y)?[->]${AT}[Mma]D(?:,?Y)?|K[Mma]D(?:,?Y)?&[Mma]D(?:,?Y)?`],
  ['day', `${WEEKDAY}[Mma]D(?!\\.?[OKV]?[Mma]D)(?:,?[OV]*Y|,?[OV]*(?:J|[LTN]y))?${IN_BRACKETS}[hH]?`],
];

const CJK_YEAR = '(?:(?:Yy|[Jlb])[,O]?)';
const CJK_MONTH = '(?:[D#]o|[Ii])';
const afterNumber: readonly (readonly [Rule, string])[] = [
  ['span', `L[D#n][fupy]`],
  ['count', `[D#n][dfupy]F|eF`],
  ['dayRange', `${CJK_YEAR}?${CJK_MONTH}?Dd?${IN_BRACKETS}h?[->]${CJK_YEAR}?${CJK_MONTH}?Dd`],
  ['day', `${CJK_YEAR}?${CJK_MONTH},?[D#]d${IN_BRACKETS}h?`],
  ['dayOfMonth', `(?<![pu]&)[LNT]?Dd(?![AF])${IN_BRACKETS}h?`],
  ['monthRange', `${CJK_YEAR}?Do?[->]${CJK_YEAR}?Do`],
  ['yearRange', `Yy?[->]Yy`],
  ['partOfMonth', `${CJK_YEAR}?(?:Do|[Ii])[BCE]`],
  ['month', `${CJK_YEAR}?[LNT]?(?:Do|[Ii])|${CJK_YEAR}[D#]o`],
  ['quarter', `${CJK_YEAR}?[D#]q`],
  ['season', `${CJK_YEAR}[Ss]|[LTN]S`],
  ['partOfYear', `(?:Yy|J)[BCE]`],
  ['year', `Yy|J`],
];

const beforeNumber: readonly (readonly [Rule, string])[] = [
  ['count', `[D#n][duoy]L`],
  ['dayRange', `[dVK]+D[-&>]${AT}(?:D[-/]D(?:[-/]Y)?|Do[D#](?:[-/]Y|${YEAR})?)(?![-/])`],
  ['partialFigures', `(?:[WwvdVhHK][,(]?)+D[-/]D(?![-/])`],
  ['day', `${WEEKDAY}[dVhH]*Do[D#](?:[-/]Y|${YEAR})?`],
  ['partOfMonth', `[BCE](?:oD|o[LTN])(?:[-/]Y|${YEAR})?`],
  ['month', `oD(?:[-/]Y|${YEAR})`],
  ['month', `oD(?![-/])`],
  ['dayOfMonth', `[VhH]*dD(?![-/D])`],
];

/** The patterns of a language, in the order in which they are tried; what one has taken is not read again. */
export function patternsOf(words: DateWords): Pattern[] {
  const own =
    words.numericMonths === 'after' ? afterNumber : words.numericMonths === 'before' ? beforeNumber : [];
  const [nights, rest] = [common.slice(0, 5), common.slice(5)];
  const all =
    words.unspaced === true
      ? [...nights, ...own, ...unspacedOnly]
      : [...nights, ...own, ...(words.monthFirst === true ? monthFirst : []), ...rest];
  return all.map(([rule, source]) => ({ rule, pattern: new RegExp(source, 'g') }));
}

const unspacedRules: readonly Rule[] = [
  'weekdayInWeek',
  'weekdayRange',
  'weekday',
  'week',
  'weekend',
  'relativeDay',
  'sinceMention',
];
const unspacedOnly = common.filter(([rule]) => unspacedRules.includes(rule));
