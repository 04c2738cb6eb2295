/**
 * Sorts of failure that callers tell apart: `offline` is this machine's own network, `blocked` a private address,
 * `large` a body over a limit, `late` a deadline; the rest say which part of the answer was at fault.
 */
export type FaultCode =
  | 'address'
  | 'blocked'
  | 'certificate'
  | 'encoding'
  | 'large'
  | 'late'
  | 'name'
  | 'offline'
  | 'proxy'
  | 'redirect'
  | 'refused'
  | 'broken';

/** Why a request was given up: a code to decide by and a sentence to show. Does not leave the guarded client. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly code: FaultCode;

  constructor(code: FaultCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** What a stranger sent, as a reason may quote it: short, and without signs that mean something to a terminal or a chat. */
export function quotable(text: string): string {
  return text.replace(/[^\w .:/?=+-]/g, '').slice(0, 80);
}

type Explanation = readonly [code: FaultCode, sentence: (host: string) => string];

const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  ENOTFOUND: ['name', (host) => `no answer: the name ${host} cannot be found`],
  ENODATA: ['name', (host) => `no answer: the name ${host} has no address`],
  EAI_AGAIN: ['offline', (host) => `no answer: the name ${host} cannot be looked up now`],
  ENETUNREACH: ['offline', (host) => `no answer: there is no way to ${host} from this machine's network`],
  EHOSTUNREACH: ['refused', (host) => `no answer: ${host} cannot be reached`],
  ECONNREFUSED: ['refused', (host) => `no answer: ${host} refuses the connection`],
  ECONNRESET: ['broken', (host) => `${host} broke off the connection`],
  EPIPE: ['broken', (host) => `${host} broke off the connection`],
  UND_ERR_SOCKET: ['broken', (host) => `${host} broke off the connection`],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['broken', (host) => `${host} announced another length than it sent`],
  ETIMEDOUT: ['late', (host) => `no answer: ${host} did not take the connection in time`],
  UND_ERR_CONNECT_TIMEOUT: ['late', (host) => `no answer: ${host} did not take the connection in time`],
  UND_ERR_HEADERS_TIMEOUT: ['late', (host) => `no answer: ${host} took the request and stayed silent`],
  UND_ERR_BODY_TIMEOUT: ['late', (host) => `${host} stopped in the middle of its answer`],
  UND_ERR_HEADERS_OVERFLOW: ['large', (host) => `${host} sent more headers than are read`],
  ERR_IP_BLOCKED: ['blocked', (host) => `${host} leads to a private address, which is never visited`],
  CERT_HAS_EXPIRED: ['certificate', (host) => `the certificate of ${host} has expired`],
  ERR_TLS_CERT_ALTNAME_INVALID: ['certificate', (host) => `the certificate of ${host} is for another name`],
};

/**
 * Says why a request failed.
 *
 * @param host - the host that was asked, as it may be shown
 */
export function faultOf(error: unknown, host: string): Fault {
  if (error instanceof Fault) return error;
  if (error instanceof AggregateError && error.errors.length > 0) return faultOf(error.errors.at(-1), host);
  const code = codeOf(error);
  const explanation = EXPLANATIONS[code];
  if (explanation !== undefined) return new Fault(explanation[0], explanation[1](host));
  if (/CERT|ALTNAME|SIGNATURE/.test(code)) {
    return new Fault('certificate', `the certificate of ${host} is not trusted`);
  }
  if (/^(?:ERR_SSL|EPROTO)/.test(code))
    return new Fault('certificate', `no secure connection with ${host} (${code})`);
  if (error instanceof Error && error.name === 'HTTPParserError')
    return new Fault('broken', `${host} does not answer in HTTP`);
  return new Fault('broken', `no answer from ${host}${code === '' ? '' : ` (${code})`}`);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
