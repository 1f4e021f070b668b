// When the words of a view are renewed: at a pace at which they can be read, and the description once all is quiet.

const WORDS_MS = 90;
const QUIET_MS = 350;

export class Words {
  /**
   * @param {(scope: any) => void} tell Renews what is written.
   * @param {(scope: any) => void} describe Renews what is read aloud.
   */
  constructor(tell, describe) {
    this.tell = tell;
    this.describe = describe;
    this.at = 0;
    /** @type {any} What the picture shows. */
    this.scope = null;
    /** @type {{tell: any, describe: any}} */
    this.timers = { tell: 0, describe: 0 };
  }

  /** The picture shows something new. @param {any} scope @param {number} now */
  follow(scope, now) {
    this.scope = scope;
    if (now - this.at > WORDS_MS) this.renew();
    else this.timers.tell ||= setTimeout(() => this.renew(), WORDS_MS);
    clearTimeout(this.timers.describe);
    this.timers.describe = setTimeout(() => this.describe(scope), QUIET_MS);
  }

  /** After a button or a choice the words are true with the next frame: the pace is for what glides by. */
  hurry() {
    this.at = 0;
  }

  renew() {
    clearTimeout(this.timers.tell);
    this.timers.tell = 0;
    this.at = performance.now();
    this.tell(this.scope);
  }

  end() {
    clearTimeout(this.timers.tell);
    clearTimeout(this.timers.describe);
  }
}
