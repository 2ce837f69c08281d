// One page in a browser of its own: Firefox by WebDriver BiDi, or a Chromium as people have it: it wants a tap before it
// sounds, and slows down what nobody looks at. Told what to do on its input, a line of JSON each, and answers each with
// a line.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(
  new URL("../../web/package.json", import.meta.url),
);
const { launch } = require("puppeteer-core");

const WAIT_MS = 60_000;
const FIREFOX = {
  browser: "firefox",
  extraPrefsFirefox: {
    "media.navigator.streams.fake": true,
    "media.navigator.permission.disabled": true,
    "media.autoplay.default": 0,
    "media.autoplay.blocking_policy": 0,
    // Nobody answers mDNS in a container, where loopback may be the only network.
    "media.peerconnection.ice.obfuscate_host_addresses": false,
    "media.peerconnection.ice.loopback": true,
  },
};
const CHROMIUM = {
  browser: "chrome",
  args: [
    "--no-sandbox",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    // Said anew: a headless browser may have another habit.
    "--autoplay-policy=document-user-activation-required",
    "--disable-background-networking",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
  ],
  // What puppeteer adds for tests, and people do not have.
  ignoreDefaultArgs: [
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
  ],
};

const [kind, executablePath, seeLegs] = process.argv.slice(2);
const how = kind === "firefox" ? FIREFOX : CHROMIUM;
const browser = await launch({ ...how, executablePath, headless: true });

const opened = async () => {
  const one = await browser.newPage();
  await one.setViewport({ width: 1366, height: 625 });
  await one.evaluateOnNewDocument(`(${seeLegs})`);
  return one;
};
let page = await opened();

// To Chromium a question of puppeteer's own is a tap of the person's, and lets the page sound.
const asked = async (expression) => {
  if (kind === "firefox") return page.evaluate(expression);
  const devtools = await page.createCDPSession();
  const { exceptionDetails, result } = await devtools.send("Runtime.evaluate", {
    expression,
    awaitPromise: true,
    returnByValue: true,
  });
  await devtools.detach();
  if (exceptionDetails)
    throw new Error(exceptionDetails.exception?.description);
  return result.value;
};

// puppeteer's own waiting makes functions from text, which the pages' policy forbids.
const come = async (expression, name) => {
  const ends = Date.now() + WAIT_MS;
  while (!(await asked(expression))) {
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
  // The tab before stays open, behind this one.
  opens: async ({ url }) => {
    page = await opened();
    await page.goto(url);
  },
  leaves: async () => {
    const other = await browser.newPage();
    await other.bringToFront();
  },
  sees: ({ testId }) => found(testId),
  presses: async ({ testId }) =>
    (await found(testId, "it.disabled !== true")).click(),
  writes: async ({ testId, text }) => (await found(testId)).type(text),
  waits: ({ until, arg }) =>
    come(`(${until})(${JSON.stringify(arg ?? null)})`, until),
  finds: ({ what, arg }) => asked(`(${what})(${JSON.stringify(arg ?? null)})`),
};

const say = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);
say({ ready: await browser.version() });
for await (const line of createInterface({ input: process.stdin })) {
  const { act, ...how } = JSON.parse(line);
  try {
    const answer = await DO[act](how);
    say({ answer: act === "finds" ? answer : null });
  } catch (error) {
    const picture = process.env.PICTURE_FAILED;
    if (picture) await page.screenshot({ path: picture });
    say({ wrong: `${act} ${JSON.stringify(how)}: ${error}` });
  }
}
await browser.close();
