// What `benchmarks/hosts.py` asks of one host in one browser: every exploration by mouse, by keys and from its kernel.
// Called with the folder of puppeteer-core and a JSON text; writes a JSON text with a verdict for each exploration.
import { createRequire } from "node:module";

const [folder, text] = process.argv.slice(2);
const puppeteer = createRequire(`${folder}/`)("puppeteer-core");
const job = JSON.parse(text);
const browser = await puppeteer.launch({
  browser: job.browser, executablePath: job.program, headless: true,
  args: job.browser === "chrome" ? ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"] : [],
});
const page = await browser.newPage();
await page.setViewport({ width: 1280, height: 1400 });
const errors = [];
// What builds the browser tab is installed beside the tests, and misses its own JupyterLite in any JupyterLab.
page.on("pageerror", (error) => String(error.stack ?? error).includes("gmmx") && errors.push(String(error)));

const rest = (ms) => new Promise((done) => setTimeout(done, ms));
async function until(claim, what, ms = 20_000) {
  for (const end = Date.now() + ms; !(await claim()); await rest(50))
    if (Date.now() > end) throw new Error(what);
}

if (job.stored) await page.evaluateOnNewDocument((theme) => localStorage.setItem(...theme), job.stored);
await page.goto(job.url, { waitUntil: "domcontentloaded", timeout: 120_000 });
if (job.lab) {
  await page.waitForFunction("window.jupyterapp?.shell.currentWidget?.context", { timeout: 120_000 });
  await page.evaluate(async () => {
    const panel = jupyterapp.shell.currentWidget;
    await panel.context.ready;
    await panel.sessionContext.ready;
    await panel.revealed;
  });
  if (job.lab === "run") await page.evaluate(() => jupyterapp.commands.execute("notebook:run-all-cells"));
  // Views of stored widgets are there before the kernel ends, or never.
  if (job.lab === "end" && !job.still) await page.waitForFunction("document.querySelector('.gmmx')", { timeout: 60_000 });
  if (job.lab === "end") await page.evaluate(() => jupyterapp.shell.currentWidget.sessionContext.shutdown());
}

const scrolled = (cell) => job.lab && page.evaluate((i) => {
  const { content } = jupyterapp.shell.currentWidget;
  content.activeCellIndex = i;
  return content.scrollToItem?.(i, "start");
}, cell);

const ofRoot = (root, code) => root.evaluate(new Function("node", `return ${code}`));
const state = (root) => ofRoot(root, "JSON.stringify(node.painted.state)");
const middle = (node) => node.evaluate((one) => {
  one.scrollIntoView({ block: "center" });
  const { x, y, width, height } = one.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
});

async function live(name) {
  const selector = `.gmmx[data-name="${name}"]`;
  await until(() => page.evaluate((one) => Boolean(document.querySelector(one)?.painted), selector), "no picture", 60_000);
  const root = await page.$(selector);
  const still = await ofRoot(root, `[...(node.closest(".jp-CodeCell, .jp-Cell") ?? node).querySelectorAll("img")]
    .some((one) => one.checkVisibility())`);
  if (still) throw new Error("the still is shown beside the view");
  const handle = await root.$("[data-handle]");
  if (handle) {
    const before = await state(root);
    const [x, y] = await middle(handle);
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let i = 1; i <= 6; i++) await page.mouse.move(x + 5 * i, y - 3 * i);
    await page.mouse.up();
    await until(async () => (await state(root)) !== before, "no answer to the mouse");
  }
  const before = await state(root);
  await (handle ?? (await root.$("input[type=range]"))).focus();
  await page.keyboard.press("ArrowRight");
  await until(async () => (await state(root)) !== before, "no answer to a key");
  if (job.kernel) {
    const [source] = await root.evaluateHandle((node) => [...node.querySelectorAll("select")].filter((one) =>
      [...one.options].some(({ text: said }) => said === "the library, in Python"))).then((all) => all.getProperties())
      .then((all) => [...all.values()]);
    await source.asElement().evaluate((one) => {
      one.value = [...one.options].find(({ text: said }) => said === "the library, in Python").value;
      one.dispatchEvent(new Event("change", { bubbles: true }));
    });
    const note = () => ofRoot(root, "node.querySelector('.gmmx-note').textContent");
    await until(async () => (await note()).includes(job.kernel), `not said: ${job.kernel}`, 30_000);
  }
  if (job.theme && (await ofRoot(root, "node.dataset.theme")) !== job.theme) throw new Error("another theme");
}

async function still(cell) {
  await until(() => page.evaluate((place) => {
    const cells = window.jupyterapp ? jupyterapp.shell.currentWidget.content.widgets.map((one) => one.node)
      : document.querySelectorAll(".jp-CodeCell");
    const image = cells[place].querySelector("img[src^='data:image/png']");
    return Boolean(image?.checkVisibility() && image.naturalWidth > 300);
  }, cell), "no still");
}

const found = {};
for (const { name, cell } of job.explorations) {
  await scrolled(cell);
  errors.length = 0;
  try {
    await (job.still ? still(cell) : live(name));
    found[name] = errors.length ? errors[0] : "";
  } catch (error) {
    found[name] = String(error.message).split("\n")[0];
  }
}
if (job.picture) await page.screenshot({ path: job.picture });
await browser.close();
process.stdout.write(JSON.stringify(found));
