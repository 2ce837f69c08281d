/** A promise that the test settles. */
export class Later<Value> {
  settle: (value: Value | PromiseLike<Value>) => void = () => undefined;
  readonly promise: Promise<Value>;

  constructor() {
    this.promise = new Promise((resolve) => {
      this.settle = resolve;
    });
  }
}
