// Validators made the way the build makes them, for schemas of a test's own and for the committed ones.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleValidator, compileValidator } from '../../build/validators.ts';
import type { Validate } from '../../plugin/check/validator.ts';
import type { Schema } from '../../schemas/make/schema.ts';

const schemaFolder = join(import.meta.dirname, '../../schemas');

/** A committed schema; `name` as `kuberay-1.7/ray.io/raycluster_v1`. */
export const readSchema = (name: string): Schema =>
  JSON.parse(readFileSync(join(schemaFolder, `${name}.json`), 'utf8')) as Schema;

/** Compiles and bundles a schema, and loads what came out. */
export async function makeValidator(schema: Schema): Promise<Validate> {
  const folder = mkdtempSync(join(tmpdir(), 'rayshield-validator-'));
  try {
    const file = join(folder, 'validator.cjs');
    await bundleValidator(compileValidator(schema), file);
    return (createRequire(import.meta.url)(file) as { validate: Validate }).validate;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
