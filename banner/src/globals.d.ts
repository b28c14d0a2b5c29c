/** Put around the bundle by scripts/build.mjs: the configuration that the built function is called with. */
declare const CONFIG: import("./config").Config;

declare module "*.css" {
  const text: string;
  export default text;
}

interface Adhere {
  /** Opens the dialog with every purpose, vendor and tracker. */
  show(): void;
  /** What holds now: purposes, and `purpose:vendor` where one vendor alone was given. */
  choices(): Record<string, boolean>;
  /** Called at once and after every change. */
  onchange(call: (choices: Record<string, boolean>) => void): void;
  /** Takes back everything that was given. */
  withdraw(): void;
}

interface Window {
  adhere?: Adhere;
  dataLayer?: unknown[];
  trustedTypes?: {
    createPolicy(
      name: string,
      rules: Record<string, (text: string) => string>,
    ): Record<string, (text: string) => string>;
  };
}

interface Navigator {
  globalPrivacyControl?: boolean;
}

declare module "@iabtechlabtcf/stub";
