// YAML that stands as a text in a field, as KubeRay takes runtimeEnvYAML and serveConfigV2.
import { compose } from './compose.ts';

// Those of documents of others: a text that is deeper is not ours to judge.
const limits = { maxDepth: 200, maxAliases: 1000 };

/** The value of a text; undefined where it is no text, or no YAML. */
export const readEmbedded = (text: unknown): unknown =>
  typeof text === 'string' ? compose(text, 0, limits).value : undefined;
