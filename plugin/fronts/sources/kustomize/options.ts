// The options of `kustomize build` that an application may ask for: those that neither run programs nor read beyond the source, and
// others where the operator allows what they do.
import type { Report } from '../../../findings/finding.ts';
import { findNearest } from '../../../findings/nearest.ts';
import { type Permission, permissionsVariable } from '../permissions.ts';

const options: Readonly<Record<string, { readonly values?: readonly string[]; readonly needs?: Permission }>> = {
  '--enable-managedby-label': {},
  '--load-restrictor': { values: ['LoadRestrictionsRootOnly'] },
  '--reorder': { values: ['legacy', 'none'] },
  '--enable-helm': { needs: 'kustomize-helm' },
  '--enable-alpha-plugins': { needs: 'kustomize-plugins' },
  '--enable-exec': { needs: 'kustomize-plugins' },
};

/** The options as kustomize takes them: in a setting they may stand without their dashes. */
export const withDashes = (given: readonly string[]): readonly string[] =>
  given.map((text) => (text.startsWith('--') ? text : `--${text}`));

/** Says which of the options that an application asks for are not passed on. */
export function checkOptions(given: readonly string[], allowed: ReadonlySet<Permission>, report: Report): void {
  for (const text of given) checkOption(text, allowed, report);
}

function checkOption(text: string, allowed: ReadonlySet<Permission>, report: Report): void {
  const at = text.indexOf('=');
  const name = at === -1 ? text : text.slice(0, at);
  const value = at === -1 ? undefined : text.slice(at + 1);
  if (!Object.hasOwn(options, name)) {
    const known = Object.keys(options);
    const nearest = findNearest(name, known);
    report('KUSTOMIZE_OPTION_UNKNOWN', [], { option: name, known, ...(nearest === undefined ? {} : { nearest }) });
    return;
  }
  const { needs, values } = options[name] ?? {};
  if (needs !== undefined && !allowed.has(needs)) {
    report('KUSTOMIZE_OPTION_OFF', [], { option: name, needs, variable: permissionsVariable });
  } else if (values === undefined ? value !== undefined : !values.includes(value ?? '')) {
    report('KUSTOMIZE_OPTION_VALUE', [], { option: name, values: values ?? [] });
  }
}
