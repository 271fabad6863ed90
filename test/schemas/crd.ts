// What the generator makes of the small CRDs and definitions under fixtures/crd.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Definitions } from '../../schemas/make/definition.ts';
import { type CustomResourceDefinition, makeSchemaFiles } from '../../schemas/make/files.ts';
import type { Schema } from '../../schemas/make/schema.ts';

export const crdFolder = join(import.meta.dirname, '../../fixtures/crd');

const { definitions } = JSON.parse(readFileSync(join(crdFolder, '_definitions.json'), 'utf8')) as {
  definitions: Definitions;
};

const readCRD = (name: string): CustomResourceDefinition =>
  parse(readFileSync(join(crdFolder, name), 'utf8')) as CustomResourceDefinition;

/** The text of each file, by path. */
export const makeFixtureFiles = (): ReadonlyMap<string, string> =>
  makeSchemaFiles({ product: 'Kubernetes 1.0', definitions }, [
    { folder: 'shop', product: 'Shop 1.0', crds: [readCRD('shop.yaml')] },
    { folder: 'fleet-1.0', product: 'Fleet 1.0', crds: [readCRD('fleet.yaml')] },
  ]);

/** One of them as a schema. */
export const makeFixtureSchema = (path: string): Schema => JSON.parse(makeFixtureFiles().get(path) ?? 'null') as Schema;
