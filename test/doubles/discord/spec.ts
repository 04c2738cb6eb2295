import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const FILE = '../shared/data/chat/discord-openapi-subset.json';

/** Whether Discord's official description is at hand; a user's clone does not have it. */
export const hasSpec = existsSync(FILE);

/** What Discord's official description has against requests and answers; nothing where it is not at hand. */
interface Judge {
  request(method: string, path: string, body: unknown): string[];
  answer(method: string, path: string, status: number, body: unknown): string[];
}

export const judge: Judge = hasSpec ? makeJudge() : { request: () => [], answer: () => [] };

interface Operation {
  readonly requestBody?: unknown;
  readonly responses: Record<string, { readonly content?: unknown } | undefined>;
}

interface Spec {
  readonly paths: Record<string, Record<string, Operation | undefined> | undefined>;
}

const MOST_FAULTS = 5;

function makeJudge(): Judge {
  const spec = JSON.parse(readFileSync(FILE, 'utf8')) as Spec;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  for (const format of ['nonce', 'int32', 'int64', 'double']) ajv.addFormat(format, true);
  ajv.addFormat('snowflake', /^(0|[1-9][0-9]*)$/);
  ajv.addSchema(spec, 'discord');
  const routes = Object.keys(spec.paths)
    .toSorted((one, other) => one.split('{').length - other.split('{').length)
    .map((path) => ({ path, form: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`) }));

  const operationOf = (method: string, path: string) => {
    const route = routes.find(({ form }) => form.test(path))?.path ?? '';
    return { route, operation: spec.paths[route]?.[method.toLowerCase()] };
  };
  const compiled = new Map<string, ValidateFunction>();
  const faultsAt = (pointer: readonly string[], body: unknown): string[] => {
    const $ref = `discord#/${pointer.map(escaped).join('/')}`;
    const validate = compiled.get($ref) ?? ajv.compile({ $ref });
    compiled.set($ref, validate);
    if (validate(body)) return [];
    const faults = (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
    // The official description has a number where Discord documents, and takes, a string of digits.
    return faults.filter((fault) => !fault.includes('default_member_permissions')).slice(0, MOST_FAULTS);
  };

  return {
    request(method, path, body) {
      const { route, operation } = operationOf(method, path);
      if (operation === undefined) return [`no ${method} ${path}`];
      if (operation.requestBody === undefined) return [];
      const schema = ['requestBody', 'content', 'application/json', 'schema'];
      return faultsAt(['paths', route, method.toLowerCase(), ...schema], body);
    },
    answer(method, path, status, body) {
      const { route, operation } = operationOf(method, path);
      const response = operation?.responses[String(status)];
      if (response?.content === undefined) return [];
      const schema = ['responses', String(status), 'content', 'application/json', 'schema'];
      return faultsAt(['paths', route, method.toLowerCase(), ...schema], body);
    },
  };
}

function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}
