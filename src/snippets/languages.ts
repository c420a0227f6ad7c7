// The languages that a request can be copied as. Adding one is a function from a call to text, and a line here.
import { type SnippetCall, type SnippetRequest, toCall } from './call.ts';
import { csharp } from './csharp.ts';
import { java } from './java.ts';
import { pythonRequests, pythonSdk } from './python.ts';
import { curl, httpie } from './shell.ts';
import { typescript } from './typescript.ts';

export interface Language {
  id: string;
  label: string;
  /** What it needs to run. */
  needs: string;
  /** The editor's language for it. */
  editorLanguage: string;
  write(call: SnippetCall): string;
}

export const languages: readonly Language[] = [
  { id: 'curl', label: 'cURL', needs: 'a POSIX shell, curl 7.76', editorLanguage: 'shellscript', write: curl },
  { id: 'httpie', label: 'HTTPie', needs: 'a POSIX shell, HTTPie 3', editorLanguage: 'shellscript', write: httpie },
  { id: 'typescript', label: 'TypeScript', needs: 'fetch, Node 20', editorLanguage: 'typescript', write: typescript },
  { id: 'pythonSdk', label: 'Python SDK', needs: 'mastercard-python-sdk 1.16.0 by konfig', editorLanguage: 'python', write: pythonSdk },
  { id: 'pythonRequests', label: 'Python requests', needs: 'Python 3.8, requests', editorLanguage: 'python', write: pythonRequests },
  { id: 'java', label: 'Java', needs: 'java.net.http, Java 17', editorLanguage: 'java', write: java },
  { id: 'csharp', label: 'C#', needs: 'HttpClient, .NET 8', editorLanguage: 'csharp', write: csharp },
];

/** A request in a language. @throws SnippetError when something is missing, or the language cannot say it. */
export const snippet = (language: Language, request: SnippetRequest): string => language.write(toCall(request));
