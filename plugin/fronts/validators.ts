// The compiled schemas, loaded when an object of their kind is met and kept for the run.
import { type LoadValidator, type Validate, validatorName } from '../check/validator.ts';

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
