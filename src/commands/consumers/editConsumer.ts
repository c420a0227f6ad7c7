// Creates or changes a customer's consumer: the person that consumer reports are about. Asks one thing at a time, masks the SSN while it is
// typed, and keeps none of it: the answers live until the call ends.
import * as vscode from 'vscode';
import type { CallInput } from '../../client/types.ts';
import { birthdayProblem, emailProblem, parseBirthday, phoneProblem, ssnProblem, stateProblem, zipProblem } from '../../requests/formats.ts';
import type { ExplorerHandle, ExplorerNode } from '../../tree/nodes.ts';
import { inputSteps, type InputStep } from '../inputSteps.ts';
import { presentedSteps } from '../presenting.ts';
import { withProgress } from '../../platform/progress.ts';
import { customerTarget, type TargetParts } from '../targets.ts';

type Parts = TargetParts & { explorer: ExplorerHandle };
type NewConsumer = CallInput<'CreateConsumer'>['body'];

const steps = (known: Partial<Record<string, string>>, creating: boolean): InputStep[] => {
  const keep = creating ? '' : ' (left empty: stays as it is)';
  return [
    { key: 'firstName', prompt: `First name${keep}`, value: known.firstName, optional: !creating },
    { key: 'lastName', prompt: `Last name${keep}`, value: known.lastName, optional: !creating },
    { key: 'address', prompt: `Street address${keep || ' (may be left empty)'}`, value: known.address, optional: true },
    { key: 'city', prompt: `City${keep || ' (may be left empty)'}`, value: known.city, optional: true },
    { key: 'state', prompt: `State, two letters${keep}`, value: known.state, placeholder: 'UT', optional: !creating, validate: stateProblem },
    { key: 'zip', prompt: `ZIP code${keep || ' (may be left empty)'}`, value: known.zip, optional: true, validate: zipProblem },
    { key: 'ssn', prompt: `Social Security number, nine digits${keep || ' (may be left empty when a birthday is given)'}`, optional: true, password: true, validate: ssnProblem },
    { key: 'birthday', prompt: `Birthday as YYYY-MM-DD${keep || ' (may be left empty when an SSN is given)'}`, value: known.birthday, placeholder: '1985-04-23', optional: true, validate: birthdayProblem },
    { key: 'phone', prompt: `Telephone, ten digits${keep || ' (may be left empty when an e-mail address is given)'}`, value: known.phone, optional: true, validate: phoneProblem },
    { key: 'email', prompt: `E-mail address${keep || ' (may be left empty when a telephone is given)'}`, value: known.email, optional: true, validate: emailProblem },
  ];
};

function body(answers: Record<string, string>): NewConsumer {
  const { birthday, ...texts } = answers;
  const given = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''));
  return { ...given, ...(birthday && { birthday: parseBirthday(birthday) }) } as NewConsumer;
}

/** Resolves true when the customer has a consumer afterwards. */
export async function createConsumer(parts: Parts, node?: ExplorerNode): Promise<boolean> {
  const target = await customerTarget(parts, node, 'Create the consumer of which customer?');
  if (!target) return false;
  const { client } = await parts.sessions.open(target.connectionId);
  const { customerId } = target;
  const customer = await withProgress('Reading the customer', ({ signal }) => client.call('GetCustomer', { customerId }, { signal, origin: 'command' }));
  const known = { firstName: customer.firstName ?? undefined, lastName: customer.lastName ?? undefined, phone: customer.phone ?? undefined, email: customer.email ?? undefined };
  const answers = await inputSteps(`Consumer of ${target.name}`, presentedSteps(steps(known, true), parts.presentation));
  if (!answers) return false;
  const missing = !answers.ssn && !answers.birthday ? 'an SSN or a birthday' : !answers.phone && !answers.email ? 'a telephone or an e-mail address' : undefined;
  if (missing) {
    void vscode.window.showWarningMessage(`A consumer needs ${missing}; nothing was created.`);
    return false;
  }
  await withProgress(`Creating the consumer of ${target.name}`, ({ signal }) => client.call('CreateConsumer', { customerId, body: body(answers) }, { signal, origin: 'command' }));
  parts.explorer.refresh(`${target.connectionId}/customers`);
  vscode.window.setStatusBarMessage(`$(check) ${target.name} has a consumer`, 4000);
  return true;
}

export async function modifyConsumer(parts: Parts, node?: ExplorerNode): Promise<void> {
  const target = await customerTarget(parts, node, 'Modify the consumer of which customer?');
  if (!target) return;
  const { client } = await parts.sessions.open(target.connectionId);
  const { customerId } = target;
  const consumer = await withProgress('Reading the consumer', ({ signal }) => client.call('GetConsumerForCustomer', { customerId }, { signal, origin: 'command' }));
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  const { year, month, dayOfMonth } = (consumer.birthday ?? {}) as { year?: number; month?: number; dayOfMonth?: number };
  const birthday = year && month && dayOfMonth ? `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}` : undefined;
  const known = {
    firstName: text(consumer.firstName), lastName: text(consumer.lastName), address: text(consumer.address), city: text(consumer.city), state: text(consumer.state),
    zip: text(consumer.zip), phone: text(consumer.phone), email: text(consumer.email), birthday,
  };
  const answers = await inputSteps(`Consumer of ${target.name}`, presentedSteps(steps(known, false), parts.presentation));
  if (!answers) return;
  await withProgress(`Changing the consumer of ${target.name}`, ({ signal }) => client.call('ModifyConsumer', { consumerId: consumer.id, body: body(answers) }, { signal, origin: 'command' }));
  parts.explorer.refresh(`${target.connectionId}/customers`);
  vscode.window.setStatusBarMessage(`$(check) Consumer of ${target.name} changed`, 4000);
}
