// Other people's words (a customer's name, a message of the API, a bank's question) on their way into ours. The editor reads `[text](command:…)`
// in notifications and prompts as a link that runs a command, line breaks can fake a sentence of ours, and characters that turn the
// direction of writing hide what follows: none of these may come in by a name. Free of vscode.

const unseen = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]+/g;

/** One line of text that the editor shows as it stands: no link, no line break, no control or direction characters, `longest` characters at most. */
export function plainText(text: string, longest = 400): string {
  const line = noLinks(text.replace(unseen, ' ').replace(/\s+/g, ' ').trim());
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** The text with nothing that the editor would take for a link; everything else stays. */
export const noLinks = (text: string): string => text.replaceAll('](', '] (');
