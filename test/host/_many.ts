import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
describe('many', () => {
  it('x', async () => {
    const folder = join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, 'requests');
    mkdirSync(folder, { recursive: true });
    for (let i = 0; i < 2000; i += 1) writeFileSync(join(folder, `r${i}.obreq.json`), `${JSON.stringify({ version: 1, title: `T ${i}`, operation: 'GetCustomer', parameters: { customerId: String(i) } }, null, 2)}\n`);
    let [last, worst, over] = [performance.now(), 0, 0];
    const timer = setInterval(() => { const now = performance.now(); const lag = now - last - 5; last = now; if (lag > worst) worst = lag; if (lag > 50) over += 1; }, 5);
    await new Promise((r) => setTimeout(r, 3000));
    console.log(`  ✓ idle worst ${worst.toFixed(0)} over50 ${over}`);
    worst = 0; over = 0;
    await vscode.commands.executeCommand('openBanking.operations.focus');
    await new Promise((r) => setTimeout(r, 20000));
    clearInterval(timer);
    console.log(`  ✓ worst ${worst.toFixed(0)} over50 ${over}`);
  });
});
