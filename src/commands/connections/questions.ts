// The questions about a connection, shared by adding and editing one.
import {
  appKeyHint, appKeyProblem, baseUrlProblem, environmentChoices, labelProblem, mastercardBaseUrl, partnerIdProblem, partnerSecretHint, partnerSecretProblem, readBaseUrl,
} from '../../credentials/connectionInput.ts';
import type { ConnectionSecrets, Environment } from '../../credentials/types.ts';
import { askChoice, askText, type Question } from './wizard.ts';

export interface ConnectionDraft extends ConnectionSecrets {
  label: string;
  environment: Environment | undefined;
  baseUrl: string;
}

export const askLabel = (draft: Pick<ConnectionDraft, 'label'>, taken: readonly string[]): Question => (place) => askText(place, {
  prompt: 'A name to recognise the connection by', placeholder: 'for example: Acme Lending, Test Drive', value: draft.label, problem: (text) => labelProblem(text, taken),
}, (text) => { draft.label = text.trim(); });

export const askEnvironment = (draft: Pick<ConnectionDraft, 'environment' | 'baseUrl'>): Question => (place) => askChoice(place,
  'Where does it lead?', environmentChoices.map(({ environment, label, detail }) => ({ label, detail, value: environment })), draft.environment, (environment) => {
    if (environment !== 'custom') draft.baseUrl = mastercardBaseUrl;
    else if (draft.environment !== 'custom') draft.baseUrl = '';
    draft.environment = environment;
  });

export const askBaseUrl = (draft: Pick<ConnectionDraft, 'baseUrl'>): Question => (place) => askText(place, {
  prompt: 'Base URL: your credentials are sent to this host and to no other', placeholder: `for example: ${mastercardBaseUrl}`, value: draft.baseUrl, problem: baseUrlProblem,
}, (text) => {
  const read = readBaseUrl(text);
  if ('url' in read) draft.baseUrl = read.url;
});

export const askSecrets = (draft: ConnectionSecrets): readonly Question[] => [
  (place) => askText(place, {
    prompt: 'Partner ID of your project on the Mastercard Developers page', placeholder: 'usually 13 digits', value: draft.partnerId, problem: partnerIdProblem,
  }, (text) => { draft.partnerId = text.trim(); }),
  (place) => askText(place, {
    prompt: 'Partner secret. It is kept in a vault, never in a file or setting', value: draft.partnerSecret, password: true, problem: partnerSecretProblem, hint: partnerSecretHint,
  }, (text) => { draft.partnerSecret = text; }),
  (place) => askText(place, {
    prompt: 'App key. It is kept in a vault, never in a file or setting', value: draft.appKey, password: true, problem: appKeyProblem, hint: appKeyHint,
  }, (text) => { draft.appKey = text.trim(); }),
];
