/** The names of the pages, as the rail says them. */
export const pages = {
  home: "Home",
  playground: "Playground",
  tasks: "Tasks",
  gallery: "Gallery",
  keys: "Keys",
  webhooks: "Webhooks",
  usage: "Usage",
  models: "Models",
  providers: "Providers",
  system: "System",
  settings: "Settings",
};
