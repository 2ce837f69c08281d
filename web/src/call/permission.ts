/** What a browser lets a page have, as it says without asking anybody. */

import type { DeviceKind } from "~/call/media";

/**
 * Which devices to ask for alone, where both together were refused. Who closed the prompt is not asked a second time: a
 * browser may take three closed ones for a no for ever.
 */
export async function worthAskingAlone(permissions: Permissions | undefined): Promise<readonly DeviceKind[]> {
  const camera = await said("camera", permissions);
  const microphone = await said("microphone", permissions);
  // Refused by the system, or by somebody who had blocked one and so was never asked for the other. A browser that does
  // not say is asked for the sound.
  const worth = {
    camera: camera === "granted" || (camera === "prompt" && microphone === "denied"),
    microphone:
      microphone === "granted" || (microphone === "prompt" && camera === "denied") || microphone === null,
  };
  return (["camera", "microphone"] as const).filter((kind) => worth[kind]);
}

async function said(name: DeviceKind, permissions: Permissions | undefined): Promise<PermissionState | null> {
  try {
    return (await permissions?.query({ name }))?.state ?? null;
  } catch (error) {
    // A browser that does not know this name.
    if (!(error instanceof TypeError)) throw error;
    return null;
  }
}
