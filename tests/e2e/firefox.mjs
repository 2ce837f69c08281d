// One page in Firefox, by WebDriver BiDi. Told what to do on its input, a line of JSON each, and answers each with a line.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(
  new URL("../../web/package.json", import.meta.url),
);
const { launch } = require("puppeteer-core");

const WAIT_MS = 60_000;
const PREFERENCES = {
  "media.navigator.streams.fake": true,
  "media.navigator.permission.disabled": true,
  "media.autoplay.default": 0,
  "media.autoplay.blocking_policy": 0,
  // Nobody answers mDNS in a container, where loopback may be the only network.
  "media.peerconnection.ice.obfuscate_host_addresses": false,
  "media.peerconnection.ice.loopback": true,
};

const [executablePath, seeLegs] = process.argv.slice(2);
const browser = await launch({
  browser: "firefox",
  executablePath,
  headless: true,
  extraPrefsFirefox: PREFERENCES,
});
const page = await browser.newPage();
await page.setViewport({ width: 1366, height: 625 });
await page.evaluateOnNewDocument(`(${seeLegs})`);

// puppeteer's own waiting makes functions from text, which the pages' policy forbids.
const come = async (expression, name) => {
  const ends = Date.now() + WAIT_MS;
  while (!(await page.evaluate(expression))) {
    if (Date.now() > ends) throw new Error(`${name} did not come`);
    await new Promise((later) => setTimeout(later, 100));
  }
};

const found = async (testId, ready = "true") => {
  const selector = `[data-testid="${testId}"]`;
  const there = `(it) => it?.checkVisibility() === true && ${ready}`;
  await come(`(${there})(document.querySelector('${selector}'))`, testId);
  return page.$(selector);
};

const DO = {
  goes: ({ url }) => page.goto(url),
  sees: ({ testId }) => found(testId),
  presses: async ({ testId }) =>
    (await found(testId, "it.disabled !== true")).click(),
  writes: async ({ testId, text }) => (await found(testId)).type(text),
  waits: ({ until, arg }) =>
    come(`(${until})(${JSON.stringify(arg ?? null)})`, until),
  finds: ({ what, arg }) =>
    page.evaluate(`(${what})(${JSON.stringify(arg ?? null)})`),
};

const say = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);
say({ ready: await browser.version() });
for await (const line of createInterface({ input: process.stdin })) {
  const { act, ...how } = JSON.parse(line);
  try {
    const answer = await DO[act](how);
    say({ answer: act === "finds" ? answer : null });
  } catch (error) {
    const picture = process.env.FIREFOX_FAILED;
    if (picture) await page.screenshot({ path: picture });
    say({ wrong: `${act} ${JSON.stringify(how)}: ${error}` });
  }
}
await browser.close();
