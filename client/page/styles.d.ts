/** esbuild gathers what is imported of these into main.css. */
declare module "*.css";
