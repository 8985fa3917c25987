// The addresses of two pages of the municipality; pages.py serves this with the settings filled in.

/** @type {{privacy: string|null, accessibility: string|null}} */
export const links = { privacy: null, accessibility: null };
