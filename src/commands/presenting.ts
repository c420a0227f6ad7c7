// What commands ask and say in presentation mode: a person's data is typed like a password, and nobody is named. Free of vscode.
import type { Presentation } from '../platform/presentation.ts';
import type { InputStep } from './inputSteps.ts';

export const presentedSteps = (steps: readonly InputStep[], { on, masker }: Pick<Presentation, 'on' | 'masker'>): readonly InputStep[] =>
  (on ? steps.map((step) => (masker.masks([step.key]) ? { ...step, password: true } : step)) : steps);
