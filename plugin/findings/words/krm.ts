// The words of findings about what an orchestrator of KRM functions (kustomize, kpt) hands over.
import { error } from '../words.ts';

type None = Record<string, never>;

export const krmWords = {
  FUNCTION_INPUT: error((f: { problem: string }) => [
    `standard input ${f.problem}, and a KRM function is given one ResourceList`,
    'let kustomize or another orchestrator start rayshield krm; plain manifests take rayshield expand -',
  ]),
  FUNCTION_CONFIG_KIND: error((f: { versions: readonly string[] }) => [
    'the functionConfig is of a kind that rayshield does not read',
    `make it one of ${f.versions.join(' and ')}`,
  ]),
  FUNCTION_CONFIG_KEY: error((f: { key: string; nearest?: string; known: readonly string[] }) => [
    `a functionConfig has no key ${f.key} here`,
    f.nearest === undefined ? `the known keys are ${f.known.join(', ')}` : `did you mean ${f.nearest}?`,
  ]),
  FUNCTION_CONFIG_CHECK: error((f: { annotation: string }) => [
    `the annotation ${f.annotation} of the functionConfig must be "true" or "false"`,
    `write ${f.annotation}: "true" where the function only checks, as under validators`,
  ]),
  FUNCTION_AS_GENERATOR: error((_: None) => [
    'the only item is the functionConfig itself, as under generators, where there is nothing to expand',
    'name it under transformers, or under validators to check alone',
  ]),
};
