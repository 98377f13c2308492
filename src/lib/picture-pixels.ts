/**
 * Counts the pixels of a picture over all its frames from its headers, nothing decoded; `null` when
 * it cannot be opened as a picture.
 */
export async function picturePixels(path: string): Promise<number | null> {
  // Loaded late: a gateway without uploads never needs it.
  const { default: sharp } = await import("sharp");
  const image = sharp(path, { limitInputPixels: false, animated: true, sequentialRead: true });
  return image.metadata().then(
    ({ width, height, pageHeight = height, pages = 1 }) => width * pageHeight * pages,
    () => null,
  );
}
