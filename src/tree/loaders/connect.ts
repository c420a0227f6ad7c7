// What Connect is set up with: experiences, which the API lists by application, and the saved configurations of Connect Components.
import type { ExplorerNode } from '../nodes.ts';
import { configurationsPath, experiencesPath } from '../paths.ts';
import { record, text, type Wire } from '../wire.ts';
import { applicationPage, registerOne } from './institutions.ts';
import { asTree, open, unlessAbsent, type Loader } from './reading.ts';

export const loadConnect: Loader<'connect'> = async ({ connectionId }) => ({
  nodes: [
    { kind: 'experiences', path: experiencesPath(connectionId), connectionId },
    { kind: 'configurations', path: configurationsPath(connectionId), connectionId },
  ],
});

/** The applications that may have some; one whose registration was rejected or deleted has none. */
export const loadExperiences: Loader<'experiences'> = async (node, request, parts) => {
  const { applications, next } = await applicationPage(node, request, parts);
  const names = applications.filter(({ status }) => status !== 'R' && status !== 'D').map((data) => text(data.name) ?? text(data.appName)).filter((name) => name !== undefined);
  return {
    nodes: [...new Set(names)].map((appName): ExplorerNode => ({ kind: 'experienceApp', path: `${node.path}/${encodeURIComponent(appName)}`, connectionId: node.connectionId, appName })),
    next, empty: [applications.length === 0 ? registerOne(node) : { text: 'No application is approved or pending', detail: 'Experiences belong to registered applications. App Registrations shows their state.' }],
  };
};

export const loadExperienceApp: Loader<'experienceApp'> = async (node, request, parts) => {
  const { client } = await open(node, parts);
  const { path, connectionId, appName } = node;
  const found = list(await unlessAbsent(client.call('GetAllExperience', { appName }, asTree(request))));
  return {
    nodes: found.flatMap((data): ExplorerNode[] => {
      const experienceId = text(data.id);
      return experienceId === undefined ? [] : [{ kind: 'experience', path: `${path}/${encodeURIComponent(experienceId)}`, connectionId, appName, experienceId, data }];
    }),
    summary: found.length === 0 ? 'none' : String(found.length),
    empty: [{ text: 'No experiences', detail: 'Mastercard makes the first ones on request; the API can only copy one for an indirect partner.' }],
  };
};

export const loadConfigurations: Loader<'configurations'> = async (node, request, parts) => {
  const { client } = await open(node, parts);
  const found = list(await client.call('get-configurations', {}, asTree(request)));
  return {
    nodes: found.flatMap((data): ExplorerNode[] => {
      const configurationId = text(data.id);
      return configurationId === undefined ? [] : [{ kind: 'configuration', path: `${node.path}/${encodeURIComponent(configurationId)}`, connectionId: node.connectionId, configurationId, data }];
    }),
    summary: found.length === 0 ? 'none yet' : String(found.length),
    empty: [{
      text: 'None saved yet: save one', command: 'openBanking.runOperation', argument: node, operationId: 'post-configurations',
      detail: 'Rules for the sign-ins that you draw yourself with Connect Components. This opens the request that saves some.',
    }],
  };
};

/** Both lists are bare arrays. */
const list = (body: unknown): Wire[] => (Array.isArray(body) ? body.map(record) : []);
