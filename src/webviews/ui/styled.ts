// Sets style properties through the CSSOM. Lit's own styleMap writes a style attribute at first, which the views' policy forbids.
import { noChange } from 'lit';
import { directive, Directive, PartType, type ElementPart, type PartInfo } from 'lit/directive.js';

class Styled extends Directive {
  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('styled() stands in a tag, beside its attributes.');
  }

  override update(part: ElementPart, [properties]: [Readonly<Record<string, string>>]) {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(properties)) if (style.getPropertyValue(name) !== value) style.setProperty(name, value);
    return noChange;
  }

  render(_properties: Readonly<Record<string, string>>) {
    return noChange;
  }
}

/** `html\`<div ${styled({ height: '20px' })}>\`` */
export const styled = directive(Styled);
