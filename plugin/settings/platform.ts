// What the platform file asks for beside settings: fields for Ray specs that do not speak of them, the least that every
// Ray spec must have, and who may sign. It travels in Settings, so that no front can forget it.
import type { Platform } from './settings.ts';

/** The modes of networkIsolation: `denyAll` closes what the two others close. */
export const isolationModes = [
  'denyAll',
  'denyAllIngress',
  'denyAllEgress',
] as const satisfies readonly Platform['isolation'][];

/** The platform of a run that has no platform file. */
export const noPlatform: Platform = { file: '', tls: false, gives: {} };

/** Whether the platform has to do with every Ray object, whatever it says of itself. */
export const holdsForAll = ({ gives }: Platform): boolean => Object.keys(gives).length > 0;

/** Whether a mode closes all that the other closes. */
export const isAtLeast = (mode: string, least: string): boolean => mode === 'denyAll' || mode === least;

/** Whether the platform requires that a direction is closed. */
export const mustClose = ({ isolation }: Platform, direction: 'ingress' | 'egress'): boolean =>
  isolation !== undefined && isolation !== (direction === 'ingress' ? 'denyAllEgress' : 'denyAllIngress');
