// Links to the municipality's pages; static_files.py serves this module with PRIVACY_URL and ACCESSIBILITY_URL.

/** @type {{privacy: string|null, accessibility: string|null}} */
export const links = { privacy: null, accessibility: null };
