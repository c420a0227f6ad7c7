// Logos of the invented institutions: drawn from name and colour, served by the control plane, so that branding works without the internet.
import { escapeXml } from './errors.ts';
import type { InstitutionEntity, World } from './world/world.ts';

const SIZES = { logo: [375, 72], alternateLogo: [375, 72], icon: [40, 40], tile: [160, 72] } as const;
type Kind = keyof typeof SIZES;

/** The branding record of the API; `host` is where the sandbox was called. */
export function brandingOf(institution: InstitutionEntity, host: string): Record<Kind | 'primaryColor', string> | undefined {
  if (!institution.branding) return undefined;
  const at = (kind: Kind) => `http://${host}/__sandbox/branding/${institution.id}/${kind}.svg`;
  return { logo: at('logo'), alternateLogo: at('alternateLogo'), icon: at('icon'), tile: at('tile'), primaryColor: institution.branding.primaryColor };
}

/** The drawing under `branding/<id>/<kind>.svg`; undefined when there is none. */
export function brandingSvg(name: string, world: World): string | undefined {
  const [, id, kind] = /^branding\/(\d+)\/(logo|alternateLogo|icon|tile)\.svg$/.exec(name) ?? [];
  const institution = id ? world.institutions.find((one) => one.id === Number(id)) : undefined;
  if (!institution?.branding) return undefined;
  const [width, height] = SIZES[kind as Kind];
  const colour = institution.branding.primaryColor;
  const reversed = kind === 'alternateLogo';
  const letter = escapeXml(institution.name.slice(0, 1));
  const badge = `<rect x="4" y="${height / 2 - 16}" width="32" height="32" rx="8" fill="${reversed ? '#ffffff' : colour}"/>` +
    `<text x="20" y="${height / 2 + 7}" font-size="20" font-weight="700" text-anchor="middle" fill="${reversed ? colour : '#ffffff'}">${letter}</text>`;
  const size = kind === 'tile' ? 13 : 20;
  const words = `<text x="46" y="${height / 2 + 6}" font-size="${size}" fill="${reversed ? '#ffffff' : colour}">${escapeXml(institution.name)}</text>`;
  const box = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${box} font-family="sans-serif">${badge}${kind === 'icon' ? '' : words}</svg>`;
}
