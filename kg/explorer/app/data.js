// The tables of the page (kg/explorer/content.py), unpacked and read by column; rows are places, from 0.

/** A column of a table: either its values, or words and, for each row, which word. */
class Column {
  constructor(packed) {
    this.size = Array.isArray(packed) ? packed.length : packed.at.length;
    if (Array.isArray(packed)) this.values = packed;
    else {
      this.words = packed.of;
      this.codes = Uint32Array.from(packed.at);
    }
  }

  get(row) {
    return this.words ? this.words[this.codes[row]] : this.values[row];
  }

  /** The first row that has the value; -1 if none has. */
  find(value) {
    return this.words ? this.codes.indexOf(this.words.indexOf(value)) : this.values.indexOf(value);
  }

  /** The same column with words, each once. */
  coded() {
    if (this.words) return this;
    const words = [...new Set(this.values)];
    const code = new Map(words.map((word, at) => [word, at]));
    return new Column({ of: words, at: this.values.map((value) => code.get(value)) });
  }

  /** What `make` gives for the value of each row; it is asked once for each word. */
  map(make) {
    if (!this.words) return this.values.map(make);
    const made = this.words.map(make);
    return Array.from(this.codes, (code) => made[code]);
  }
}

/** A table as an object of columns, with `size`. */
function table({ size, columns }) {
  const read = Object.entries(columns).map(([name, packed]) => [name, new Column(packed)]);
  return { size, ...Object.fromEntries(read) };
}

async function unpack(element) {
  const bytes = bytesOf(element.textContent);
  element.remove();
  // All at once: a stream of pieces takes twice as long.
  const unzip = new DecompressionStream("gzip");
  const writer = unzip.writable.getWriter();
  const [read] = await Promise.all([new Response(unzip.readable).json(), writer.write(bytes), writer.close()]);
  return read;
}

/** The bytes of a base64 text; older browsers have no call for it. */
function bytesOf(text) {
  return Uint8Array.fromBase64 ? Uint8Array.fromBase64(text) : Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

if (typeof DecompressionStream === "undefined") {
  const notice = document.getElementById("notice");
  notice.textContent = notice.dataset.old;
  notice.hidden = false;
}
const data = await unpack(document.getElementById("data"));
/** The sentences, a table as long as that of the claims; null until they are there, a moment after the drawing. */
let texts = null;
/** Where in its sentence each mention stands; comes with them. */
let spans = null;
async function textsComing() {
  const packed = await unpack(document.getElementById("texts"));
  texts = table(packed.claims);
  spans = table(packed.mentions);
}
const entities = table(data.entities);
const claims = table(data.claims);
const mentions = table(data.mentions);
const articles = table(data.articles);
const events = table(data.events);
for (const name of ["entities", "claims", "mentions", "articles", "events"]) delete data[name];
