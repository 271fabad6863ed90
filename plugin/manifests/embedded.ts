// YAML that stands as a text in a field, as KubeRay takes runtimeEnvYAML and serveConfigV2.
import { compose } from './compose.ts';
import { limitsForOthers } from './problem.ts';

/** The value of a text; undefined where it is no text, or no YAML. */
export const readEmbedded = (text: unknown): unknown =>
  typeof text === 'string' ? compose(text, 0, limitsForOthers).value : undefined;
