import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const FILE = '../shared/data/chat/discord-openapi-subset.json';

/** Whether Discord's official description is at hand; a user's clone does not have it. */
export const hasSpec = existsSync(FILE);

/** Tells what Discord's official description has against a request body; empty when nothing, or when it is not at hand. */
export const faultsOfRequest: (method: string, path: string, body: unknown) => string[] = hasSpec
  ? makeJudge()
  : () => [];

interface Spec {
  readonly paths: Record<string, Record<string, { readonly requestBody?: unknown } | undefined> | undefined>;
}

function makeJudge() {
  const spec = JSON.parse(readFileSync(FILE, 'utf8')) as Spec;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  for (const format of ['nonce', 'int32', 'int64', 'double']) ajv.addFormat(format, true);
  ajv.addFormat('snowflake', /^(0|[1-9][0-9]*)$/);
  ajv.addSchema(spec, 'discord');
  const routes = Object.keys(spec.paths)
    .toSorted((one, other) => one.split('{').length - other.split('{').length)
    .map((path) => ({ path, form: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`) }));

  return (method: string, path: string, body: unknown): string[] => {
    const route = routes.find(({ form }) => form.test(path));
    const operation = route === undefined ? undefined : spec.paths[route.path]?.[method.toLowerCase()];
    if (route === undefined || operation === undefined) return [`no ${method} ${path}`];
    if (operation.requestBody === undefined) return [];
    const pointer = [
      'paths',
      route.path,
      method.toLowerCase(),
      'requestBody',
      'content',
      'application/json',
      'schema',
    ];
    const validate = ajv.compile({ $ref: `discord#/${pointer.map(escaped).join('/')}` });
    return validate(body)
      ? []
      : (validate.errors ?? []).slice(0, 5).map((error) => `${error.instancePath} ${error.message ?? ''}`);
  };
}

function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}
