// Compiles the JSON schemas into validators that need neither ajv nor the schemas at run time: one CommonJS file for each,
// under the same relative name. Standalone code: https://ajv.js.org/standalone.html
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import type { Schema } from '../schemas/make/schema.ts';
import { printFieldTable } from './field-table.ts';
import { shortenErrors } from './shorten-errors.ts';
import { addKeywords, prepareSchema } from './validator-keywords.ts';

const schemaFolder = join(import.meta.dirname, '..', 'schemas');

// What schemas/make.ts has made; the schema of rayshield.yaml is for editors.
const compiled = /^(?:cert-manager|kuberay-[\d.]+|kubernetes)[\\/].*\.json$/;

// RFC 3339 section 5.6, as Go's time.RFC3339 reads it; whether the day exists is left to the API server.
const dateTime =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/**
 * Writes `<outDir>/<product>/<group>/<kind>_<version>.cjs` for each schema and gives the files' paths. Each exports
 * `validate`, a `Validate` of plugin/check/validator.ts.
 */
export async function buildValidators(outDir: string): Promise<readonly string[]> {
  const names = readdirSync(schemaFolder, { recursive: true, encoding: 'utf8' }).filter((name) => compiled.test(name));
  const files: string[] = [];
  for (const name of names.sort()) {
    const schema = JSON.parse(readFileSync(join(schemaFolder, name), 'utf8')) as Schema;
    const file = join(outDir, name.replace(/\.json$/, '.cjs'));
    await bundleValidator(compileValidator(schema), file);
    files.push(file);
  }
  return files;
}

/** The source of a validator as an ES module, which may still import parts of ajv. */
export function compileValidator(schema: Schema): string {
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    inlineRefs: false,
    messages: false,
    validateSchema: false,
    formats: { 'date-time': dateTime },
    code: { source: true, esm: true, optimize: 2 },
  });
  addKeywords(ajv);
  ajv.addSchema(prepareSchema(schema), 'schema');
  const code = standalone.default(ajv, { accepts: 'schema' });
  const fields = JSON.stringify(printFieldTable(schema));
  return `${shortenErrors(code)}
export const validate = (value) => (accepts(value) ? [] : accepts.errors);
validate.fields = ${fields};
`;
}

/** Writes a validator as one minified CommonJS file that requires nothing. */
export async function bundleValidator(source: string, file: string): Promise<void> {
  await build({
    stdin: { contents: source, resolveDir: import.meta.dirname },
    outfile: file,
    bundle: true,
    minify: true,
    format: 'cjs',
    charset: 'ascii',
    // Not `node`: a module of Node's that slipped in would then be an error.
    platform: 'neutral',
    mainFields: ['main'],
    target: 'node20',
    logLevel: 'warning',
  });
}
