// C# with HttpClient: top-level statements for .NET 8 or newer.
import { appKey, type FromEnvironment, jsonString, partnerId, partnerSecret, type Piece, type SnippetCall, titleOf } from './call.ts';

const environment = ({ name }: FromEnvironment): string => `Secret("${name}")`;
const value = (of: string | FromEnvironment): string => (typeof of === 'string' ? jsonString(of) : environment(of));

/** JSON text: a raw literal where there is nothing but text (JSON never has three quotes in a row), else literals put together. */
function body(pieces: readonly Piece[]): string {
  const [first] = pieces;
  if (pieces.length === 1 && typeof first === 'string') return `"""\n${first.split('\n').map((line) => `    ${line}`).join('\n')}\n    """`;
  return pieces.map((piece) => (typeof piece === 'string' ? jsonString(piece) : `JsonSerializer.Serialize(${environment(piece)})`)).join('\n    + ');
}

export function csharp(call: SnippetCall): string {
  const signsIn = call.tokenHeaders.length > 0;
  const headers = [
    ...call.headers.filter(({ name }) => name !== 'Content-Type').map(({ name, value: text }) => [jsonString(name), value(text)]),
    ...call.keyHeaders.map((name) => [jsonString(name), environment(appKey)]), ...call.tokenHeaders.map((name) => [jsonString(name), 'token']),
  ];
  return `${titleOf(call).map((line) => `// ${line}`).join('\n')}
// Program.cs of a console project (.NET 8 or newer): dotnet run
using System;
${call.file ? 'using System.IO;\n' : ''}using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;

using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(${Math.max(30, call.timeoutSeconds)}) };
${!signsIn ? '' : `
// A token is good for two hours: keep it for the calls that follow.
using var signIn = new HttpRequestMessage(HttpMethod.Post, ${jsonString(call.tokenUrl)});
signIn.Headers.Add("Accept", "application/json");
signIn.Headers.Add("Finicity-App-Key", ${environment(appKey)});
signIn.Content = Json(JsonSerializer.Serialize(new { partnerId = ${environment(partnerId)}, partnerSecret = ${environment(partnerSecret)} }));
using var signedIn = JsonDocument.Parse(await Send(signIn));
var token = signedIn.RootElement.GetProperty("token").GetString();
`}
using var request = new HttpRequestMessage(new HttpMethod(${jsonString(call.method)}), ${jsonString(call.url)});
${headers.map(([name, text]) => `request.Headers.TryAddWithoutValidation(${name}, ${text});\n`).join('')}${call.body ? `request.Content = Json(${body(call.body)});\n` : ''}
${call.file ? `await File.WriteAllBytesAsync(${jsonString(call.file)}, await Send(request));` : 'Console.WriteLine(Encoding.UTF8.GetString(await Send(request)));'}

async Task<byte[]> Send(HttpRequestMessage message)
{
    using var answer = await client.SendAsync(message);
    var content = await answer.Content.ReadAsByteArrayAsync();
    if (!answer.IsSuccessStatusCode) throw new HttpRequestException($"{(int)answer.StatusCode} {Encoding.UTF8.GetString(content)}");
    return content;
}

${signsIn || call.body ? `static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

` : ''}static string Secret(string name) =>
    Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : throw new InvalidOperationException($"{name} is not set in the environment.");
`;
}
