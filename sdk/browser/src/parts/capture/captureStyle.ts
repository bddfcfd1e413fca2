/** How what asks looks, within a panel's shadow. */
export const captureStyle = `
.ask { width: 100%; display: flex; flex-direction: column; gap: 14px; }
form { display: flex; flex-direction: column; gap: 14px; }
label { display: block; font-weight: 600; margin-bottom: 4px; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; } legend { font-weight: 600; padding: 0; margin-bottom: 4px; }
fieldset label, .agree { display: flex; gap: 8px; align-items: center; font-weight: 400; min-height: 44px; margin: 0; }
.agree { align-items: flex-start; font-size: .9em; } .agree input { margin-top: 3px; }
.scores { display: flex; flex-wrap: wrap; gap: 4px 16px; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(110px, 1fr)); gap: 10px; }
.pictures label { flex-direction: column; text-align: center; }
.pictures img { aspect-ratio: 1; object-fit: cover; width: 100%; }
input:not([type=radio]):not([type=checkbox]) { font: inherit; width: 100%; padding: 10px; border: 1px solid #767676; border-radius: 8px;
  background: #fff; color: #1a1a1a; min-height: 44px; }
input[type=radio], input[type=checkbox] { width: 20px; height: 20px; flex: none; accent-color: var(--accent); }
.row { display: flex; gap: 10px; justify-content: space-between; } .row .go { flex: 1; }
button.back { font: inherit; border: 1px solid currentColor; background: none; color: inherit; border-radius: 8px; padding: 10px 16px; min-height: 44px; cursor: pointer; }
input:focus-visible { outline-color: var(--text); }
button[disabled] { opacity: .6; cursor: default; }
[role=alert] { font-weight: 600; margin: 0; } [role=alert]:empty { display: none; }
output { font: 650 1.2em/1.4 ui-monospace, Menlo, Consolas, monospace; border: 2px dashed currentColor; border-radius: 8px; padding: 10px; text-align: center; user-select: all; }
.step { font-size: .9em; margin: 0; }
.fortune { position: relative; width: min(240px, 70vw); margin: 6px auto 0; }
.fortune svg { display: block; width: 100%; border-radius: 50%; }
.fortune::before { content: ''; position: absolute; top: -8px; left: 50%; transform: translateX(-50%); z-index: 1;
  border: 11px solid transparent; border-top: 18px solid var(--text); border-bottom: 0; }
.chances { list-style: none; margin: 0; padding: 0; font-size: .9em; display: grid; gap: 2px; }
.chances li { display: flex; gap: 8px; align-items: center; } .chances span:nth-child(2) { flex: 1; }
.dot { width: 14px; height: 14px; border-radius: 3px; border: 1px solid var(--text); flex: none; }
`;
