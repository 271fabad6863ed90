// Ties findings to an object: its kind and name, and the place of the field in its file.
import type { FieldPath, Finding, Report, ResourceRef } from '../findings/finding.ts';
import { findingTable } from '../findings/table.ts';
import type { Resource } from './manifest.ts';
import { positionOf } from './position.ts';

/** How messages name an object. */
export function referTo(body: Resource['body']): ResourceRef {
  const { name, namespace } = body.metadata;
  return {
    kind: body.kind,
    ...(typeof namespace === 'string' ? { namespace } : {}),
    ...(typeof name === 'string' ? { name } : {}),
  };
}

/** A Report that puts findings about `resource` into `findings`. Paths are of the resource, not of its document. */
export function reportOn(resource: Resource, findings: Finding[]): Report {
  return (code, path: FieldPath, facts, anchor) => {
    findings.push({
      code,
      severity: findingTable[code].severity,
      position: positionOf(resource.manifest, [...resource.path, ...path], anchor),
      resource: referTo(resource.body),
      field: path,
      facts,
    } as Finding);
  };
}
