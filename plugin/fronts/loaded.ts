// What stands beside the bundle and is loaded when it is needed: compiled schemas, and what the documentation says of findings.
import { type LoadValidator, type Validate, validatorName } from '../check/validator.ts';
import type { RuleHelp } from '../findings/print-sarif.ts';

/** A LoadValidator over `load`, which gives the exports of a file below dist/. */
export function makeValidatorLoader(load: (file: string) => unknown): LoadValidator {
  const loaded = new Map<string, Validate>();
  return (apiVersion, kind, kuberayVersion) => {
    const name = validatorName(apiVersion, kind, kuberayVersion);
    if (name === undefined) return undefined;
    const known = loaded.get(name);
    if (known !== undefined) return known;
    const { validate } = load(`validators/${name}.cjs`) as { readonly validate: Validate };
    loaded.set(name, validate);
    return validate;
  };
}

/** The texts that build/finding-help.ts has made. */
export const makeHelpLoader = (load: (file: string) => unknown) => (): Readonly<Record<string, RuleHelp>> =>
  (load('finding-help.cjs') as { readonly help: Readonly<Record<string, RuleHelp>> }).help;
