// Which of an operation's kinds of report is wanted: about a person or a firm, and for which purpose. The analytics reports have several
// behind one operation; the others have one, and nothing is asked.
import * as vscode from 'vscode';
import type { OperationEntry } from '../../api/catalogue.ts';
import { bodyProperties } from '../../api/schemas.ts';

export interface Variant {
  /** Path parameters that choose it. */
  parameters: Readonly<Record<string, string>>;
  /** What the body says of it, besides accounts and dates. */
  body: Readonly<Record<string, unknown>>;
  /** A report under the FCRA: it needs a consumer, and a purpose to be read. */
  consumerReport: boolean;
}

interface Purpose extends vscode.QuickPickItem {
  flags: Readonly<Record<string, boolean>>;
}

const OF_A_PERSON: readonly Purpose[] = [
  { label: 'Outside the FCRA', detail: 'not for credit, employment, housing or insurance decisions', flags: { forCraPurpose: false } },
  { label: 'Consumer report', detail: 'under the FCRA; needs a consumer', flags: { forCraPurpose: true } },
];
const OF_A_FIRM: readonly Purpose[] = [
  { label: 'Outside the FCRA', detail: 'needs a business', flags: { forCraPurpose: false, forFtcPurpose: false, applicantIsPersonalGuarantor: false } },
  { label: 'Consumer report', detail: 'an owner answers for the loan in person; needs a business and a consumer', flags: { forCraPurpose: true, forFtcPurpose: false, applicantIsPersonalGuarantor: true } },
  { label: 'Under the FTC\'s rules', detail: 'needs a business', flags: { forCraPurpose: false, forFtcPurpose: true, applicantIsPersonalGuarantor: false } },
];

/** Undefined when the person gave up. */
export async function pickVariant(entry: OperationEntry, title: string): Promise<Variant | undefined> {
  const users = entry.parameters.find(({ name }) => name === 'userType')?.enum;
  const userType = users === undefined || users.length < 2 ? users?.[0] : await pickUser(users, title);
  if (users !== undefined && userType === undefined) return undefined;
  const parameters: Variant['parameters'] = userType === undefined ? {} : { userType };
  if (entry.fcra !== 'conditional' || !bodyProperties(entry.operationId).includes('analyticsReportData')) return { parameters, body: {}, consumerReport: false };
  const purpose = await vscode.window.showQuickPick(userType === 'personal' ? OF_A_PERSON : OF_A_FIRM, { title, placeHolder: 'For which purpose?', ignoreFocusOut: true });
  return purpose && { parameters, body: { analyticsReportData: purpose.flags }, consumerReport: purpose.flags.forCraPurpose === true };
}

async function pickUser(users: readonly string[], title: string): Promise<string | undefined> {
  const details: Readonly<Record<string, string>> = { personal: 'about the person behind the customer', business: 'about the customer\'s business, which must have been added first' };
  const items = users.map((label) => ({ label, detail: details[label] }));
  return (await vscode.window.showQuickPick(items, { title, placeHolder: 'About whom?', ignoreFocusOut: true }))?.label;
}
