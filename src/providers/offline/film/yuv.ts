/**
 * Turns RGBA into planar 4:2:0 in limited-range BT.709, into a buffer that is used again for every
 * frame. Sides are even.
 */
export function toYuv(
  rgba: Uint8Array,
  yuv: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): void {
  const planeU = width * height;
  const planeV = planeU + (planeU >> 2);
  let place = 0;
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      const top = (y * width + x) * 4;
      const low = top + width * 4;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let corner = 0; corner < 4; corner += 1) {
        const at = (corner < 2 ? top : low) + (corner & 1) * 4;
        const r = rgba[at] ?? 0;
        const g = rgba[at + 1] ?? 0;
        const b = rgba[at + 2] ?? 0;
        red += r;
        green += g;
        blue += b;
        yuv[(corner < 2 ? y : y + 1) * width + x + (corner & 1)] =
          (11966 * r + 40254 * g + 4064 * b + 1081344) >> 16;
      }
      yuv[planeU + place] = (-1649 * red - 5547 * green + 7196 * blue + 8421376 + 32768) >> 16;
      yuv[planeV + place] = (7196 * red - 6536 * green - 660 * blue + 8421376 + 32768) >> 16;
      place += 1;
    }
  }
}
