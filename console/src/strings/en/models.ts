/** The words of the catalogue. */
export const modelWords = {
  lead: "Everything that can be made, what it costs and who would make it now.",
  search: "Search models",
  kinds: { image: "Images", video: "Videos", music: "Music" },
  all: "All",
  price: "Price",
  noPrice: "No price: live tasks are refused",
  servedBy: "Served by",
  deprecated: "Old id",
  open: "Open in the playground",
  none: { title: "No model matches", clear: "Clear search" },
  inputs: "Inputs",
  required: "required",
  example: "Example",
};
