/** A promise that the test settles. */
export class Later<Value> {
  settle: (value: Value) => void = () => undefined;
  readonly promise: Promise<Value>;

  constructor() {
    this.promise = new Promise((resolve) => {
      this.settle = resolve;
    });
  }
}
