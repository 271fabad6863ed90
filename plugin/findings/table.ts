// Every finding code of the product, with its words: the one list that severities, messages and docs/findings.md come from.
import { expandedWords } from './words/expanded.ts';
import { fieldWords } from './words/fields.ts';
import { fluxControllerWords } from './words/flux-controller.ts';
import { inputWords } from './words/input.ts';
import { isolationWords } from './words/isolation.ts';
import { krmWords } from './words/krm.ts';
import { limitWords } from './words/limits.ts';
import { platformWords } from './words/platform.ts';
import { rayWords } from './words/ray.ts';
import { readingWords } from './words/reading.ts';
import { renderWords } from './words/render.ts';
import { schemaWords } from './words/schema.ts';
import { settingsWords } from './words/settings.ts';
import { sourceWords } from './words/sources.ts';
import { tlsWords } from './words/tls.ts';
import { usageWords } from './words/usage.ts';
import type { Words } from './words.ts';

export const findingTable = {
  ...inputWords,
  ...readingWords,
  ...limitWords,
  ...settingsWords,
  ...sourceWords,
  ...platformWords,
  ...fieldWords,
  ...schemaWords,
  ...rayWords,
  ...isolationWords,
  ...tlsWords,
  ...krmWords,
  ...expandedWords,
  ...renderWords,
  ...usageWords,
  ...fluxControllerWords,
};

/** The name of a finding, stable across releases: users put it into `rayshield.io/accept` and into filters of their own. */
export type Code = keyof typeof findingTable;

/** The facts that the words of a code are made of. */
export type FactsOf<C extends Code> = (typeof findingTable)[C] extends Words<infer F> ? F : never;

/** Whether a text is a finding code. */
export const isCode = (text: string): text is Code => Object.hasOwn(findingTable, text);
