// A bank's question as a step for the person: a list where the bank gives choices, a text box otherwise. Free of vscode.
// Pictures are not drawn in a quick input: the person is told that there is one, and types or picks the answer.
import { plainText } from '../../client/plainText.ts';

/** As the API sends it (MfaQuestion in api/accounts.yaml); the bank decides which parts come. */
export interface BankQuestion {
  text?: string;
  image?: string;
  choices?: readonly { choice?: string; value?: string }[];
  imageChoices?: readonly { imageChoice?: string; value?: string }[];
}

export interface BankStep {
  key: string;
  prompt: string;
  choices?: { label: string; value: string }[];
}

export function bankSteps(questions: readonly BankQuestion[]): BankStep[] {
  return questions.map(({ text, image, choices, imageChoices }, index) => {
    const pictures = image !== undefined || (imageChoices?.length ?? 0) > 0;
    const offered = [
      ...(choices ?? []).map(({ choice, value }) => ({ label: plainText(choice ?? value ?? ''), value: value ?? choice ?? '' })),
      ...(imageChoices ?? []).map(({ value }, at) => ({ label: `Picture ${at + 1}: ${plainText(value ?? '')}`, value: value ?? '' })),
    ].filter(({ value }) => value !== '');
    return {
      key: String(index),
      prompt: `${plainText(text ?? 'Security question')}${pictures ? ' (the bank shows a picture)' : ''}`,
      ...(offered.length > 0 && { choices: offered }),
    };
  });
}
