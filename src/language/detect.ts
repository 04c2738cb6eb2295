import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type * as eld from 'eld/extrasmall';

type Detector = typeof eld.eld;
/** The part of eld that does the work; its package opens it only together with whole tables. */
interface Engine {
  readonly createEld: () => { readonly instance: Detector; readonly loadData: (tables: unknown) => void };
}
type Counts = Readonly<Record<Script, number>>;

/** UTF-16 units looked at; more text does not change the answer. */
const LOOKED_AT = 600;

/**
 * A declared language wins unless another scores better by this much, on eld's scale of 0 to 1; the shorter
 * the text, the less its wording tells.
 */
const advantage = (text: string) => 0.03 + 3 / text.length;

/** One Chinese, Japanese or Korean character says as much as about so many letters. */
const CJK_WEIGHT = 3;

/** Kana are at least this part of running Japanese; a single の is found in Chinese names too. */
const LEAST_KANA = 0.08;

const SCRIPTS = {
  latin: /\p{sc=Latin}/u,
  hangul: /\p{sc=Hangul}/u,
  kana: /[\p{sc=Hira}\p{sc=Kana}]/u,
  han: /\p{sc=Han}/u,
  cyrillic: /\p{sc=Cyrl}/u,
  arabic: /\p{sc=Arab}/u,
  devanagari: /\p{sc=Deva}/u,
  greek: /\p{sc=Grek}/u,
  hebrew: /\p{sc=Hebr}/u,
  thai: /\p{sc=Thai}/u,
} as const;
type Script = keyof typeof SCRIPTS;
const scripts = Object.keys(SCRIPTS) as readonly Script[];

/** The language of a script that mostly writes one; others that share it are believed when declared. */
const ONLY: Partial<Record<Script, string>> = {
  arabic: 'ar',
  devanagari: 'hi',
  greek: 'el',
  hebrew: 'he',
  thai: 'th',
};
const ALSO: Partial<Record<Script, readonly string[]>> = {
  arabic: ['fa', 'ur'],
  devanagari: ['mr', 'ne'],
  han: ['ja'],
};

/** Codes that declare a language under another name. */
const SAME: Readonly<Record<string, string>> = { nb: 'no', nn: 'no', iw: 'he', cmn: 'zh', yue: 'zh' };

/**
 * Tells which language a text is in.
 *
 * @param text - title and summary do better than a title alone
 * @param declared - BCP 47 language that the feed or page says it is in; decides where the text leaves a doubt
 * @returns two letters, or `und` when neither the text nor the declaration tells
 */
export function detectLanguage(text: string, declared?: string): string {
  const code = primary(declared);
  const start = text.slice(0, LOOKED_AT);
  const counts = countScripts(start);
  const script = mainScript(counts);
  if (script === undefined) return code ?? 'und';
  if (script === 'hangul') return 'ko';
  if (script === 'han' || script === 'kana') return japaneseOrChinese(counts, code);
  const only = ONLY[script];
  if (only !== undefined) return code !== undefined && ALSO[script]?.includes(code) ? code : only;
  const told = script === 'cyrillic' ? byCyrillicLetters(start) : byVietnameseMarks(start);
  return told ?? byWording(start, code);
}

function primary(declared: string | undefined): string | undefined {
  const code = declared?.toLowerCase().split(/[-_]/, 1)[0];
  if (code === undefined || code === '' || code === 'und' || code === 'mul') return undefined;
  return SAME[code] ?? code;
}

/** The script of each UTF-16 unit, by its place in `scripts` counted from 1; 255 where it has none, 0 until first met. */
const scriptOfUnit = new Uint8Array(0x10000);

function countScripts(text: string): Counts {
  const counts = Object.fromEntries(scripts.map((script) => [script, 0])) as Record<Script, number>;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    const script = scripts[(scriptOfUnit[unit] || learn(unit)) - 1];
    if (script !== undefined) counts[script]++;
  }
  return counts;
}

function learn(unit: number): number {
  const place = scripts.findIndex((script) => SCRIPTS[script].test(String.fromCharCode(unit)));
  return (scriptOfUnit[unit] = place === -1 ? 255 : place + 1);
}

function mainScript(counts: Counts): Script | undefined {
  const { hangul, kana, han } = counts;
  const others = scripts.filter((script) => !['hangul', 'kana', 'han'].includes(script));
  const most = others.reduce((best, script) => (counts[script] > counts[best] ? script : best));
  if ((hangul + kana + han) * CJK_WEIGHT > counts[most]) return hangul >= kana + han ? 'hangul' : 'han';
  return counts[most] > 0 ? most : undefined;
}

function japaneseOrChinese({ kana, han }: Counts, declared: string | undefined): string {
  if (kana > (kana + han) * LEAST_KANA) return 'ja';
  return declared !== undefined && ALSO.han?.includes(declared) ? declared : 'zh';
}

function byCyrillicLetters(text: string): string | undefined {
  const ukrainian = text.match(/[іїєґ]/gi)?.length ?? 0;
  const russian = text.match(/[ыэё]/gi)?.length ?? 0;
  if (ukrainian === russian) return undefined;
  return ukrainian > russian ? 'uk' : 'ru';
}

function byVietnameseMarks(text: string): string | undefined {
  const marks =
    text.normalize('NFC').match(/[ơưđạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/gi)?.length ?? 0;
  return marks * 25 > text.length ? 'vi' : undefined;
}

function byWording(text: string, declared: string | undefined): string {
  const found = detector().detect(text);
  if (found.language === '') return declared ?? 'und';
  if (declared === undefined || declared === found.language) return found.language;
  const scores = found.getScores();
  const lead = (scores[found.language] ?? 0) - (scores[declared] ?? 0);
  return lead < advantage(text) ? declared : found.language;
}

let loaded: Detector | undefined;

/**
 * eld with the tables of the languages that wording has to tell apart. Those that it ships with are a script of 50,000
 * small objects, which costs 95 MB to load; these are read as data, for 20 MB.
 */
function detector(): Detector {
  if (loaded === undefined) {
    const require = createRequire(import.meta.url);
    const engine = fileURLToPath(new URL('../languageDetector.js', import.meta.resolve('eld')));
    const { createEld } = require(engine) as Engine;
    const { instance, loadData } = createEld();
    loadData(require('./tables.json'));
    loaded = instance;
  }
  return loaded;
}
