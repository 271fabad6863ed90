// What stands beside the bundle and is loaded when it is needed: compiled schemas, what the documentation says of findings, what runs
// other tools, what prints differences, and the controller for Flux.
import { type LoadValidator, type Validate, validatorName } from '../check/validator.ts';
import type { RuleHelp } from '../findings/print-sarif.ts';
import type { makeRunFluxController, RunFluxController } from './flux-controller/controller.ts';
import type { PrintDiff } from './rendered/unified-diff.ts';
import type { RunChild } from './sources/child.ts';
import type { makeRunChild } from './sources/run-child.ts';

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

/** The bundle of sources/run-child.ts, with the process whose signals end its children. */
export const makeRunChildLoader =
  (load: (file: string) => unknown, host: Parameters<typeof makeRunChild>[0]) => (): RunChild =>
    (load('run-child.cjs') as { readonly makeRunChild: typeof makeRunChild }).makeRunChild(host);

/** The bundle of rendered/unified-diff.ts. */
export const makePrintDiffLoader = (load: (file: string) => unknown) => (): PrintDiff =>
  (load('unified-diff.cjs') as { readonly printDiff: PrintDiff }).printDiff;

/** The bundle of flux-controller/controller.ts, with the process that it stops with. */
export const makeFluxControllerLoader =
  (load: (file: string) => unknown, host: Parameters<typeof makeRunFluxController>[0]) => (): RunFluxController =>
    (
      load('flux-controller.cjs') as { readonly makeRunFluxController: typeof makeRunFluxController }
    ).makeRunFluxController(host);
