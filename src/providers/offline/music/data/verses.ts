/** Beginnings of lines; the star is a word of the customer's idea. */
export const HEADS: readonly string[] = [
  "I hear the * calling",
  "there's a * waiting",
  "we follow the *",
  "every * is shining",
  "you left me a *",
  "I carry the *",
  "the * keeps turning",
  "we danced with the *",
  "I dreamed of the *",
  "somewhere the * is singing",
  "give me the *",
  "I found a *",
];

/** Ends of lines in families that rhyme. */
export const ENDINGS: readonly (readonly string[])[] = [
  ["in the morning light", "all through the night", "and it feels so right", "burning bright"],
  ["across the sea", "and I am free", "just you and me", "like a memory"],
  ["so far away", "at the break of day", "and I want to stay", "in the colors of May"],
  ["under the sky", "learning to fly", "and I wonder why", "with no goodbye"],
  ["in the falling rain", "on a midnight train", "again and again", "through joy and pain"],
  ["on the long way home", "no more alone", "over stick and stone", "in a world of our own"],
  ["straight to my heart", "right from the start", "never apart", "like a work of art"],
  ["in silver and blue", "and I think of you", "with a world so new", "and it all comes true"],
  ["like a slow fire", "higher and higher", "over the wire", "my one desire"],
  ["out of time", "up the hill we climb", "in a simple rhyme", "with a silver chime"],
];

/** Lines that answer in a chorus. */
export const HOOKS: readonly string[] = [
  "the * will carry us home",
  "hold on to the * tonight",
  "we are the * and the song",
  "let the * shine on me",
  "nothing but * in my heart",
  "sing it, *, sing it loud",
];

/** Words that carry no idea. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  "a an the and or but with without for from about into over under of to in on at by as is are was were be been being it its this that these those i you he she we they me my your his her our their them us so very just please song music track lyrics write make create generate style pop rock jazz folk lofi lo-fi techno house ambient beat tempo bpm vocals vocal voice singer male female upbeat slow fast soft calm happy sad catchy like want need some any who what where when how why there here then than not no nor only own same too can will should now one two three four minutes seconds minute second verse chorus bridge melody acoustic gentle warm mood feel feeling sound sounds sung singing".split(
    " ",
  ),
);
