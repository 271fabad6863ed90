// What the renderers of one source share.
import type { Settings } from '../../settings/settings.ts';
import type { Io } from '../io.ts';
import type { Permission } from './permissions.ts';
import type { Place } from './place.ts';

export interface Rendering {
  readonly place: Place;
  readonly settings: Settings;
  readonly io: Io;
  readonly allowed: ReadonlySet<Permission>;
  /** The home of tools, which is removed after them. */
  readonly privateFolder: string;
  /** What Helm calls the release where no setting does; empty where nobody knows. */
  readonly applicationName: string;
}
