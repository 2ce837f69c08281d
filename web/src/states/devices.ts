/** Devices without a machine, for the gallery. */

/** A person before a wall, in two of the page's own colours. */
export function somebody(): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = 640;
  canvas.height = 480;
  const pen = canvas.getContext("2d");
  if (pen !== null) {
    const tokens = getComputedStyle(document.documentElement);
    pen.fillStyle = tokens.getPropertyValue("--edge");
    pen.fillRect(0, 0, 640, 480);
    pen.fillStyle = tokens.getPropertyValue("--stage-bar");
    pen.beginPath();
    pen.arc(320, 190, 90, 0, 2 * Math.PI);
    pen.ellipse(320, 500, 210, 180, 0, 0, 2 * Math.PI);
    pen.fill();
  }
  return canvas;
}

/** A written page, as a clerk shows it. */
export function sheet(): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = 1280;
  canvas.height = 720;
  const pen = canvas.getContext("2d");
  if (pen !== null) {
    const tokens = getComputedStyle(document.documentElement);
    pen.fillStyle = tokens.getPropertyValue("--on-stage");
    pen.fillRect(0, 0, 1280, 720);
    pen.fillStyle = tokens.getPropertyValue("--stage");
    pen.font = "44px sans-serif";
    for (let line = 0; line < 9; line += 1)
      pen.fillText(`${line + 1}. Lorem ipsum dolor sit amet`, 90, 110 + line * 70);
  }
  return canvas;
}

/** Devices that answer as told: a picture, a refusal, or never. */
export function devices(answer: "there" | "refused" | "absent" | "silent"): MediaDevices {
  const told = {
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    enumerateDevices: () => Promise.resolve([]),
    getUserMedia: ({ video, audio }: MediaStreamConstraints): Promise<MediaStream> => {
      if (answer === "silent") return new Promise(() => undefined);
      if (answer === "refused") return Promise.reject(new DOMException("", "NotAllowedError"));
      if (answer === "absent") return Promise.reject(new DOMException("", "NotFoundError"));
      const tracks: MediaStreamTrack[] = [];
      if (video !== false) {
        tracks.push(...somebody().captureStream(1).getTracks());
      }
      if (audio !== false) {
        tracks.push(...new AudioContext().createMediaStreamDestination().stream.getTracks());
      }
      return Promise.resolve(new MediaStream(tracks));
    },
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as much of it as MediaModel uses
  return told as unknown as MediaDevices;
}
