// What this server knows: pages of the municipality's, its departments, days that are closed, and what of the page an answer is from.
// widget_bundle.py puts the server's own values in place of these.

/** @type {{privacy: string|null, accessibility: string|null, departments: string[], closed: string[],
 *   sources: Record<string, string>, quotes: Record<string, string>, contact: string}} */
export const site = { privacy: null, accessibility: null, departments: [], closed: [], sources: {}, quotes: {}, contact: "" };
